/// What is wrong with a file that was given to us as an input.
package struct InputFault: Equatable, Sendable {
    /// The folder of `failed` it belongs in.
    package let reason: FailureReason
    /// What is wrong, in words.
    package let detail: String

    /// The first thing wrong with a file; nil when we may read it.
    ///
    /// `owners` nil allows every owner.
    static func of(_ status: FileStatus, limit: Int, owners: Set<UInt32>?) -> InputFault? {
        if let fault = ofContents(status, limit: limit) { return fault }
        guard status.names <= 1 else {
            return InputFault(reason: .type, detail: "has \(status.names) names (hard links)")
        }
        if let owners, !owners.contains(status.owner) {
            return InputFault(reason: .owner, detail: "belongs to user \(status.owner), who may not submit")
        }
        guard !status.isWorldWritable else { return InputFault(reason: .owner, detail: "can be written by everybody") }
        return nil
    }

    /// What is wrong with the kind or the size of a file, whoever may reach it.
    static func ofContents(_ status: FileStatus, limit: Int) -> InputFault? {
        guard status.kind == .regular else { return InputFault(reason: .type, detail: "is a \(status.kind.rawValue)") }
        guard status.size <= limit else {
            return InputFault(reason: .toolarge, detail: "has \(status.size) bytes, the limit is \(limit)")
        }
        return status.size > 0 ? nil : InputFault(reason: .incomplete, detail: "is empty")
    }
}
