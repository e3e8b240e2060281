package import Encoding

/// One file that is not finished, as a list of the spool shows it.
package struct SpoolEntry: Equatable, Sendable {
    /// Where a file may stand.
    package enum State: String, CaseIterable, Sendable {
        /// Dropped, not taken yet.
        case incoming
        /// Taken.
        case active
        /// Waits for keys.
        case deferred
        /// Set aside.
        case failed
    }

    /// Where it stands.
    package let state: State
    /// Its name, by which it can be retried; hostile bytes repaired.
    package let name: String
    /// Its path below the spool.
    package let path: String
    /// Bytes.
    package let bytes: Int64
    /// Since when it has stood there.
    package let since: UnixTime
    /// Why it was set aside.
    package var reason: FailureReason?
    /// Why it was set aside, or what it waits for in the drop box, in a sentence.
    package var detail: String?
}
