package import Encoding

/// The last pass over the spool as the status screen shows it.
package struct WorkFacts: Equatable, Sendable {
    package var finishedAt: UnixTime
    package var milliseconds: Int64
    package var accepted = 0
    package var rejected = 0
    package var malformed = 0
    package var deferred = 0
    package var duplicate = 0

    package var requests: Int { accepted + rejected + malformed + deferred + duplicate }

    package init(finishedAt: UnixTime, milliseconds: Int64) {
        self.finishedAt = finishedAt
        self.milliseconds = milliseconds
    }
}
