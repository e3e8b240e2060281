import Exports
import Operations

extension Failure {
    /// An export that could not be made.
    init(_ error: ExportError) {
        let message: UserMessage
        var code = ExitCode.unexpected
        switch error {
        case .ledger(let error):
            self.init(error)
            return
        case .file(let path, let number):
            let remedy = "make room, or name another folder; run it again, it goes on where it was"
            message = UserMessage(path, ErrorText.of(number), reference: error.code, remedy: remedy)
            code = ExitCode.ofSystemError(number)
        case .locked(let path):
            let remedy = "wait for it to end; a lock left by a dead process cannot exist"
            message = UserMessage(path, "another process exports into it", reference: error.code, remedy: remedy)
            code = .locked
        case .otherUnderway(let path):
            let remedy = "run the one that was begun again with its options, or remove this file to give it up"
            let what = "an export with other options was begun in this folder and not completed"
            message = UserMessage(path, what, reference: error.code, remedy: remedy)
            code = .usage
        case .damaged(let path):
            let remedy = "remove the file that ends in .underway.ndjson, and the export is made from its beginning"
            let what = "is not as the export that was begun left it"
            message = UserMessage(path, what, reference: error.code, remedy: remedy)
        case .metadata(let clientID):
            let what = "the ledger's metadata of client \(clientID) cannot be read"
            let remedy = "report this as a fault of the program"
            message = UserMessage("ledger", what, reference: error.code, remedy: remedy)
        }
        self.init(message, name: error.code, code)
    }
}
