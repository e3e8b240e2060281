/// What a broken rule does to the verdict; configurable per rule by `policy.overrides`, but for `deferral`.
package enum Severity: String, Sendable, CaseIterable {
    case error, warning, info, off
    /// The rule cannot be judged yet: what it needs is not in the cache or too old. Never configured, never a refusal.
    case deferral

    /// This severity, or `other` where that is milder; only errors, warnings and infos are compared.
    package func tempered(by other: Severity?) -> Severity {
        guard let other, let mine = weight, let theirs = other.weight, theirs < mine else { return self }
        return other
    }

    private var weight: Int? {
        switch self {
        case .error: 2
        case .warning: 1
        case .info: 0
        case .off, .deferral: nil
        }
    }
}
