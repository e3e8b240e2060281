import OpenBanking
import Simulator
import Testing

@testable import Rules

/// The shape of the rule book as a whole.
struct RuleBookTests {
    @Test("every number has one place: a rule of the book, one of the ledger, or one kept by construction")
    func everyNumberHasOnePlace() {
        let places = RuleBook.all.map(\.id) + ledgerRules.map(\.id) + structuralRules.map(\.id)
        #expect(places.sorted().map(\.rawValue) == Array(1...160))
    }

    @Test("the book is in numeric order")
    func theBookIsInOrder() {
        #expect(RuleBook.all.map(\.id) == RuleBook.all.map(\.id).sorted())
    }

    @Test("every rule says what holds, where that is written and what to do", arguments: RuleBook.all.map(\.id))
    func everyRuleExplainsItself(_ id: RuleID) throws {
        let rule = try #require(RuleBook.all.first { $0.id == id })
        for text in [rule.statement, rule.source, rule.remedy] {
            #expect(text.utf8.count > 8 || text == "Counterfoil")
            #expect(!text.contains("  "))
        }
        #expect(rule.statement.last != ".")
        #expect(rule.remedy.last == ".")
        if rule.severity == .error, rule.code == nil {
            #expect([.directoryKeysUsable, .softwareKeysUsable].contains(id) || rule.status != 400)
        }
    }

    @Test("every rule reports the code of its part of the rule book")
    func codesAreThoseOfTheRuleBook() {
        for rule in RuleBook.all {
            guard let code = rule.code else { continue }
            #expect(code == Self.code(of: rule.id), "\(rule.id.name)")
        }
    }

    @Test("every error of the book has a row that breaks it")
    func everyErrorHasAFailingRow() {
        let broken = Set(RowTables.all.flatMap(\.rules))
        let missing = RuleBook.all.filter { $0.severity == .error && !broken.contains($0.id) }
        #expect(missing.map(\.id.name) == [])
    }

    @Test("a safety rule cannot be weakened, another can")
    func safetyRulesCannotBeWeakened() throws {
        var policy = Policy()
        for rule in RuleBook.all { policy.overrides[rule.id] = .off }
        let kept = RuleBook(policy).active.map(\.rule.id)
        #expect(kept == RuleBook.all.filter { !$0.isConfigurable }.map(\.id))
        for id: RuleID in [
            .compactJWS, .requestAlgorithmSigned, .requestCritical, .statementSignature, .requestSignature, .keyURLs,
            .requestKeyNotRevoked, .certificateChain, .certificateNotRevoked, .identityToken, .associated,
            .redirectForm,
        ] {
            #expect(kept.contains(id), "\(id.name)")
        }
    }

    @Test("an override changes the severity of what it names")
    func overridesChangeSeverities() throws {
        var registration = try Registration()
        registration.claims["jti"] = "1751017082113"
        #expect(try registration.verdict().outcome == .accepted)
        registration.policy.overrides[.jwtIDIsUUID] = .error
        #expect(try registration.verdict().primary?.rule == .jwtIDIsUUID)
    }

    /// The error codes a rule may answer with: R-070 tells what cannot be read from what does not fit together.
    static func codes(of rule: RuleID) -> [OAuthErrorCode?] {
        rule == .softwareRoles ? [.unapprovedSoftwareStatement, .invalidSoftwareStatement] : [code(of: rule)]
    }

    /// The error codes of the rule book; what is the bank's own fault has none.
    static func code(of rule: RuleID) -> OAuthErrorCode? {
        switch rule.rawValue {
        case 2, 140, 141, 146, 147, 154...156: nil
        case 102...110: .invalidRedirectURI
        case 60, 66...72, 77, 131, 148, 149, 151: .unapprovedSoftwareStatement
        case 22, 55...65, 73...76, 81...84, 124, 125, 127, 129, 134: .invalidSoftwareStatement
        default: .invalidClientMetadata
        }
    }
}
