package import Encoding

/// The spool as the status screen shows it.
package struct SpoolFacts: Equatable, Sendable {
    /// Files waiting to be taken.
    package var incoming = 0
    /// When the oldest of them appeared.
    package var oldestIncoming: UnixTime?
    /// Files taken and not yet archived.
    package var active = 0
    /// Requests that wait for keys.
    package var deferred = 0
    /// Since when the oldest of them waits.
    package var oldestDeferred: UnixTime?
    /// When the next of them is tried again.
    package var nextTry: UnixTime?
    /// Files put into failed/.
    package var failed = 0
    /// Whether an operator asks for a pause.
    package var isPaused = false
    /// Bytes free on its disk.
    package var diskFree: Int64?

    /// Nothing counted yet.
    package init() {}
}
