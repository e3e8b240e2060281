import Bundle
import KeyCache
import Operations

extension Failure {
    /// A bundle that is not taken, or could not be made; `thing` is its file.
    init(_ fault: BundleFault, _ thing: String) {
        let code: ExitCode =
            switch fault.kind {
            case .unreadable: .temporary
            case .concurrent: .locked
            case .misuse, .notFound: .usage
            case .signing: .configuration
            default: .refused
            }
        self.init(
            UserMessage(thing, fault.detail, reference: fault.code, remedy: fault.remedy),
            name: fault.code,
            code
        )
    }

    /// The same, or a fault of the cache.
    init(_ error: DeskFault<BundleFault>, _ thing: String) {
        switch error {
        case .store(let error): self.init(error)
        case .stopped(let fault): self.init(fault, thing)
        }
    }
}
