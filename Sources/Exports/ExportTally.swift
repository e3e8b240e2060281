/// What an export holds.
package struct ExportTally: Sendable, Equatable {
    /// Clients for the server.
    package var clients = 0
    /// Clients that were deleted.
    package var deleted = 0
    /// Clients that were left out, by reason.
    package var withheld: [WithheldReason: Int] = [:]
    package var files = 0
    /// The last group it covers.
    package var through: Int64 = 0
    /// The name of its manifest.
    package var manifest = ""
    /// Whether it went on with what an earlier run had begun.
    package var isResumed = false
    /// Whether the next export can go on from it.
    package var isRecorded = false

    /// How many were left out.
    package var withheldCount: Int { withheld.values.reduce(0, +) }

    mutating func add(_ file: ExportedFile) {
        files += 1
        switch file.kind {
        case .clients: clients += file.records
        case .deleted: deleted += file.records
        case .withheld: break
        }
    }
}
