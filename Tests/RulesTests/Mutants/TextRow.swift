import OpenBanking

@testable import Rules
@testable import Simulator

/// What a claim that is a string is checked for: who speaks at which kind of change.
struct TextRow: Sendable {
    let claim: String
    let absent: Set<RuleID>
    let mistyped: Set<RuleID>
    let empty: Set<RuleID>
    /// Another value of the same form.
    let other: Set<RuleID>
    /// A value that has not the form.
    let malformed: Set<RuleID>
    /// Changes that mean something else than their kind does.
    let exceptions: [TextChange: Set<RuleID>]
    /// Other values that are as good.
    var good: Set<String> = []

    init(
        _ claim: String,
        absent: Set<RuleID>,
        mistyped: Set<RuleID>,
        empty: Set<RuleID>,
        other: Set<RuleID>,
        malformed: Set<RuleID>,
        except exceptions: [TextChange: Set<RuleID>] = [:]
    ) {
        (self.claim, self.absent, self.mistyped, self.empty) = (claim, absent, mistyped, empty)
        (self.other, self.malformed, self.exceptions) = (other, malformed, exceptions)
    }

    /// A claim whose every fault is one rule's.
    init(_ claim: String, _ rule: RuleID, absent: Set<RuleID>? = nil, good: Set<String> = []) {
        self.init(claim, absent: absent ?? [rule], mistyped: [rule], empty: [rule], other: [rule], malformed: [rule])
        self.good = good
    }

    /// A claim nothing is decided by.
    init(unchecked claim: String) {
        self.init(claim, absent: [], mistyped: [], empty: [], other: [], malformed: [])
    }

    /// What must come of a change that made `value`; `text` is who speaks at control characters and overlong values in any claim.
    func expected(_ change: TextChange, _ value: DraftValue?, text: Set<RuleID>, repeated: Expected) -> Expected {
        if change != .repeated, case .text(let text)? = value, good.contains(text) { return .accepted }
        if let rules = exceptions[change] { return .refused(rules) }
        switch change.kind {
        case .absent: return .refused(absent)
        case .mistyped: return .refused(mistyped)
        case .empty: return .refused(empty)
        case .other: return .refused(other)
        case .malformed: return .refused(malformed)
        case .control, .long: return .refused(malformed.union(text))
        case .repeated: return repeated
        }
    }
}
