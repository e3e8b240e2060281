package import Crypto
package import OpenBanking

/// One request as a pass left it, for whoever wants to hear of each: names and outcomes, nothing of what it said.
package struct AnsweredRequest: Sendable {
    package let request: SHA256Digest
    /// The file it came in, and its line in a batch.
    package let file: String
    package let line: Int?
    package let outcome: Outcome
    /// The rule that decided a refusal.
    package let rule: RuleID?
    /// What it waits for.
    package let wanted: [WantedKey]
    /// Whether it waited before this pass.
    package let isRetry: Bool
    /// Whether it waited as long as it may, and now has its last result.
    package let hasExpired: Bool
}
