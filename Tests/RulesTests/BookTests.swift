import OpenBanking
import Testing

@testable import Rules

/// What the common rule book of Open Banking UK onboarding says of one rule.
struct BookRow: CustomTestStringConvertible, Sendable {
    /// Whether banks may differ: they do, they should be able to, or they may not.
    enum Choice: String { case differs = "Y", exposed = "P", fixed = "N" }

    let rule: RuleID
    /// An error code in three letters, a status, MAN for a fault of the bank's own, DEF for waiting, or none.
    let code: String
    let severity: String
    let choice: Choice

    var testDescription: String { rule.name }

    /// A row of the table below: number, code, severity, choice.
    init?(_ line: Substring) {
        let parts = line.split(separator: " ").map(String.init)
        guard parts.count == 4, let rule = RuleID(name: parts[0]), let choice = Choice(rawValue: parts[3]) else {
            return nil
        }
        (self.rule, code, severity, self.choice) = (rule, parts[1], parts[2], choice)
    }
}

/// Every rule against the common rule book: code, severity, and whether a bank may decide it otherwise.
struct BookTests {
    /// A rule of any kind, as far as the table speaks of it.
    private struct Entry {
        var code: OAuthErrorCode?
        var status = 400
        var severity: Severity
        var isConfigurable = false
        var isStructural = false
        var settings: [String]
        var note: String?
    }

    private static let entries: [RuleID: Entry] = {
        var entries: [RuleID: Entry] = [:]
        for rule in RuleBook.all {
            entries[rule.id] = Entry(
                code: rule.code,
                status: rule.status,
                severity: rule.severity,
                isConfigurable: rule.isConfigurable,
                settings: rule.settings,
                note: rule.note
            )
        }
        for rule in ledgerRules {
            entries[rule.id] = Entry(
                code: rule.code,
                status: rule.status,
                severity: rule.severity,
                isConfigurable: rule.isConfigurable,
                settings: rule.settings,
                note: rule.note
            )
        }
        for rule in structuralRules {
            entries[rule.id] = Entry(
                severity: rule.severity,
                isStructural: true,
                settings: rule.settings,
                note: rule.note
            )
        }
        return entries
    }()

    /// Where we answer with another code or severity than the common book; each has a note that says why.
    private static let deviations: Set<RuleID> = [.completeFile, .statementUnused]

    @Test("the table has every rule once, in order")
    func tableIsWhole() {
        #expect(bookRows.map(\.rule.rawValue) == Array(1...160))
    }

    @Test("code", arguments: bookRows)
    func code(_ row: BookRow) throws {
        let entry = try #require(Self.entries[row.rule])
        guard !entry.isStructural, !Self.deviations.contains(row.rule) else { return }
        switch row.code {
        case "ICM": #expect(entry.code == .invalidClientMetadata)
        case "IRU": #expect(entry.code == .invalidRedirectURI)
        case "ISS": #expect(entry.code == .invalidSoftwareStatement)
        case "USS": #expect(entry.code == .unapprovedSoftwareStatement)
        case "MAN": #expect(entry.code == nil && entry.status == 500)
        case "401", "405": #expect(entry.code == nil && String(entry.status) == row.code)
        default: #expect(entry.code == nil || entry.severity == .info)
        }
    }

    @Test("severity", arguments: bookRows)
    func severity(_ row: BookRow) throws {
        let entry = try #require(Self.entries[row.rule])
        guard row.severity != "defers", !Self.deviations.contains(row.rule) else { return }
        #expect(entry.severity.rawValue == row.severity)
    }

    @Test(
        "what banks decide has a setting, an override or a reason; what they may not decide has neither",
        arguments: bookRows
    )
    func choice(_ row: BookRow) throws {
        let entry = try #require(Self.entries[row.rule])
        switch row.choice {
        case .fixed: #expect(!entry.isConfigurable)
        case .differs, .exposed: #expect(entry.isConfigurable || !entry.settings.isEmpty || entry.note != nil)
        }
    }

    @Test("a deviation says why", arguments: deviations.sorted())
    func deviationsAreExplained(_ rule: RuleID) throws {
        #expect(try #require(Self.entries[rule]).note != nil)
    }

    @Test("an override of a fixed rule changes nothing", arguments: bookRows.filter { $0.choice == .fixed })
    func fixedRulesStay(_ row: BookRow) {
        guard let rule = RuleBook.all.first(where: { $0.id == row.rule }) else { return }
        var policy = Policy()
        policy.overrides[row.rule] = .off
        #expect(RuleBook(policy).active.first { $0.rule.id == row.rule }?.severity == rule.severity)
    }

    @Test("every setting a rule names is one of the configuration's")
    func settingsExist() throws {
        let names = try ExampleFile.paths()
        let missing = Self.entries.values.flatMap(\.settings).filter { !names.contains($0) }
        #expect(Set(missing) == [])
    }
}

private let bookRows: [BookRow] = bookTable.split(separator: "\n").compactMap { BookRow($0) }

private let bookTable = """
    R-001 MAN error P
    R-002 MAN error P
    R-003 ICM warning Y
    R-004 ICM error N
    R-005 ICM error N
    R-006 MAN info P
    R-007 ICM error Y
    R-008 ICM error N
    R-009 ICM error P
    R-010 ICM error P
    R-011 ICM error N
    R-012 ICM error N
    R-013 ICM warning P
    R-014 ICM error N
    R-015 ICM error P
    R-016 ICM error N
    R-017 ICM error N
    R-018 ICM error Y
    R-019 ICM warning Y
    R-020 ICM error N
    R-021 ICM warning Y
    R-022 ISS error N
    R-023 ICM error Y
    R-024 ICM error Y
    R-025 ICM error Y
    R-026 none info P
    R-027 ICM error Y
    R-028 ICM info P
    R-029 ICM error Y
    R-030 ICM error Y
    R-031 ICM error Y
    R-032 ICM error P
    R-033 ICM error Y
    R-034 ICM error P
    R-035 ICM warning Y
    R-036 ICM error P
    R-037 ICM error N
    R-038 ICM error P
    R-039 none info N
    R-040 ICM error N
    R-041 none info P
    R-042 ICM error P
    R-043 ICM error P
    R-044 ICM error N
    R-045 ICM error P
    R-046 ICM error N
    R-047 ICM warning P
    R-048 ICM error P
    R-049 ICM warning P
    R-050 ICM error Y
    R-051 ICM error Y
    R-052 ICM error Y
    R-053 ICM error P
    R-054 ICM warning P
    R-055 ISS error P
    R-056 ISS error P
    R-057 ISS warning P
    R-058 ISS error N
    R-059 ISS error N
    R-060 USS error Y
    R-061 ISS error P
    R-062 ISS info N
    R-063 ISS warning P
    R-064 ISS error P
    R-065 ISS error P
    R-066 USS error Y
    R-067 USS warning Y
    R-068 USS error P
    R-069 USS error P
    R-070 USS error P
    R-071 USS error Y
    R-072 USS error P
    R-073 ISS error P
    R-074 ISS error Y
    R-075 ISS error N
    R-076 ISS warning Y
    R-077 USS error P
    R-078 ICM off Y
    R-079 ICM off Y
    R-080 DEF defers P
    R-081 ISS error P
    R-082 ISS error N
    R-083 ISS error P
    R-084 ISS error N
    R-085 none error N
    R-086 DEF defers P
    R-087 ICM error Y
    R-088 ICM error P
    R-089 ICM error P
    R-090 ICM warning P
    R-091 none warning N
    R-092 none info N
    R-093 ICM error N
    R-094 ICM error P
    R-095 ICM error P
    R-096 ICM warning Y
    R-097 ICM error Y
    R-098 ICM error Y
    R-099 ICM error P
    R-100 ICM error N
    R-101 ICM error Y
    R-102 IRU error N
    R-103 IRU error Y
    R-104 IRU error P
    R-105 IRU error N
    R-106 IRU error P
    R-107 IRU error P
    R-108 IRU error P
    R-109 none warning N
    R-110 IRU warning Y
    R-111 ICM error Y
    R-112 ICM error Y
    R-113 none info Y
    R-114 ICM error P
    R-115 ICM warning P
    R-116 ICM error P
    R-117 ICM error P
    R-118 ICM error N
    R-119 ICM error N
    R-120 ICM error P
    R-121 ICM error N
    R-122 ICM error Y
    R-123 ICM error N
    R-124 ISS error N
    R-125 ISS error N
    R-126 ICM warning P
    R-127 ISS error P
    R-128 ICM error P
    R-129 ISS error P
    R-130 ICM error P
    R-131 USS error Y
    R-132 ICM warning P
    R-133 ICM error Y
    R-134 ISS error Y
    R-135 ICM error P
    R-136 ICM error Y
    R-137 ICM error N
    R-138 ICM error Y
    R-139 none warning P
    R-140 401 error N
    R-141 401 error P
    R-142 401 error P
    R-143 ICM error Y
    R-144 none info P
    R-145 none info P
    R-146 405 error Y
    R-147 MAN error P
    R-148 USS error N
    R-149 USS error P
    R-150 ISS error Y
    R-151 USS error P
    R-152 IRU error P
    R-153 ICM error Y
    R-154 MAN error Y
    R-155 none error P
    R-156 none error P
    R-157 none error P
    R-158 none error P
    R-159 none error N
    R-160 none error N
    """
