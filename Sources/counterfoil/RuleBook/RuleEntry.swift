import OpenBanking
import Rules

/// One rule of the book as it is shown, whichever part of the program keeps it.
struct RuleEntry {
    /// What keeps a rule.
    enum Kind: String {
        /// A check of each request.
        case request
        /// A check against what was issued before.
        case ledger
        /// A part of the program, by the way it is made.
        case structure
    }

    let id: RuleID
    let kind: Kind
    let statement: String
    let source: String
    let code: OAuthErrorCode?
    let severity: Severity
    let isConfigurable: Bool
    /// What to do about a finding, or what part of the program keeps the rule.
    let remedy: String
    /// The HTTP status of an answer the rule decides.
    let status: Int
    /// The settings the rule obeys.
    let settings: [String]
    /// Why the rule is as it is, where banks or documents have it otherwise.
    let note: String?

    /// Every rule, in numeric order.
    static let all: [RuleEntry] =
        (RuleBook.all.map(RuleEntry.init) + ledgerRules.map(RuleEntry.init) + structuralRules.map(RuleEntry.init))
        .sorted { $0.id < $1.id }

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// The rule with this number.
    static func of(_ id: RuleID) -> RuleEntry? { byID[id] }

    private init(_ rule: Rule) {
        (id, kind, statement, source) = (rule.id, .request, rule.statement, rule.source)
        (code, severity, isConfigurable, remedy) = (rule.code, rule.severity, rule.isConfigurable, rule.remedy)
        (status, settings, note) = (rule.status, rule.settings, rule.note)
    }

    private init(_ rule: LedgerRule) {
        (id, kind, statement, source) = (rule.id, .ledger, rule.statement, rule.source)
        (code, severity, isConfigurable, remedy) = (rule.code, rule.severity, rule.isConfigurable, rule.remedy)
        (status, settings, note) = (rule.status, rule.settings, rule.note)
    }

    private init(_ rule: StructuralRule) {
        (id, kind, statement, source) = (rule.id, .structure, rule.statement, rule.source)
        (code, severity, isConfigurable, remedy) = (nil, rule.severity, false, rule.keptBy)
        (status, settings, note) = (400, rule.settings, rule.note)
    }
}
