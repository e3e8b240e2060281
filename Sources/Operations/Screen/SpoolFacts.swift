package import Encoding

/// The spool as the status screen shows it.
package struct SpoolFacts: Equatable, Sendable {
    package var incoming = 0
    package var oldestIncoming: UnixTime?
    package var active = 0
    package var deferred = 0
    package var oldestDeferred: UnixTime?
    package var nextTry: UnixTime?
    package var failed = 0
    package var diskFree: Int64?

    package init() {}
}
