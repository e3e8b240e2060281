package import OpenBanking

/// How many requests ended in each outcome.
package struct OutcomeCounts: Sendable, Equatable {
    package var accepted = 0
    package var rejected = 0
    package var malformed = 0
    package var deferred = 0
    package var duplicate = 0

    package init() {}

    /// All of them together.
    package var total: Int { accepted + rejected + malformed + deferred + duplicate }

    /// The count of one outcome.
    package subscript(_ outcome: Outcome) -> Int {
        get {
            switch outcome {
            case .accepted: accepted
            case .rejected: rejected
            case .malformed: malformed
            case .deferred: deferred
            case .duplicate: duplicate
            }
        }
        set {
            switch outcome {
            case .accepted: accepted = newValue
            case .rejected: rejected = newValue
            case .malformed: malformed = newValue
            case .deferred: deferred = newValue
            case .duplicate: duplicate = newValue
            }
        }
    }
}
