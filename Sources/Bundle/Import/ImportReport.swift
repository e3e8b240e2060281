package import KeyCache

/// What an import did, or would do.
package struct ImportReport: Sendable {
    package let record: BundleRecord
    /// Whether this very bundle had been imported before, so that nothing was done.
    package let isKnown: Bool
    /// The version of the newest root, and how many are newly trusted.
    package let rootVersion: Int64
    package let newRoots: Int
    /// Whether numbers trusted before no longer count, because a new root gave the roles other keys (`fast_forward`).
    package let hasForgotten: Bool
    /// How many sources became known.
    package var newSources = 0
    /// A line for each source the bundle has a body for, in the order of their URLs.
    package var lines: [ImportLine] = []
    /// Keys of the past that were not known here, and operators' revocations that were not.
    package var pastKeys = 0
    package var orders = 0
    /// The exporter's events in it.
    package var observations = 0

    /// How many sources came out like this.
    package func count(_ outcome: ImportLine.Outcome) -> Int { lines.count { $0.outcome == outcome } }

    /// Whether everything in it took effect, or was known.
    package var isWhole: Bool {
        lines.allSatisfy { line in
            switch line.outcome {
            case .updated, .unchanged, .partiallyNewer: true
            case .poisoned, .refused, .foreignDirectory, .conflict: false
            }
        }
    }
}
