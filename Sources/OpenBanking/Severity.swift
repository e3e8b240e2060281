/// What a broken rule does to the verdict; configurable per rule by `policy.overrides`, but for `deferral`.
package enum Severity: String, Sendable, CaseIterable {
    case error, warning, info, off
    /// The rule cannot be judged yet: what it needs is not in the cache or too old. Never configured, never a refusal.
    case deferral
}
