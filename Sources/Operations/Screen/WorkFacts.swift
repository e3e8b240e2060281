package import Encoding

/// The last pass over the spool as the status screen shows it.
package struct WorkFacts: Equatable, Sendable {
    /// When the pass ended.
    package var finishedAt: UnixTime
    /// How long it took.
    package var milliseconds: Int64
    /// Requests accepted.
    package var accepted = 0
    /// Requests rejected.
    package var rejected = 0
    /// Inputs that were no requests.
    package var malformed = 0
    /// Requests that wait for keys.
    package var deferred = 0
    /// Requests seen before.
    package var duplicate = 0

    /// All of them.
    package var requests: Int { accepted + rejected + malformed + deferred + duplicate }

    /// Its facts; what is left out is set afterwards.
    package init(finishedAt: UnixTime, milliseconds: Int64) {
        self.finishedAt = finishedAt
        self.milliseconds = milliseconds
    }
}
