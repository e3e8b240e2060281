import Operations

/// The number a command ends with.
struct ExitStatus: Equatable {
    let number: Int32

    static let done = ExitStatus(.done)

    /// One of the codes all commands share.
    init(_ code: ExitCode) { number = code.rawValue }

    /// A command's own map, such as that of `status --check`.
    init(own number: Int32) { self.number = number }
}
