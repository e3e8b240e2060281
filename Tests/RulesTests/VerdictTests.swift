import OpenBanking
import Testing

@testable import Rules
@testable import Simulator

/// How findings become an outcome, and how a verdict is told.
struct VerdictTests {
    private func finding(_ rule: RuleID, _ severity: Severity) -> Finding {
        Finding(
            rule: rule,
            severity: severity,
            code: .invalidClientMetadata,
            source: "s",
            message: "m",
            value: nil,
            remedy: "r"
        )
    }

    @Test("framing is malformed, an error refuses, waiting defers, all else is accepted")
    func outcomes() {
        #expect(Verdict.outcome(of: []) == .accepted)
        #expect(Verdict.outcome(of: [finding(.jwtIDIsUUID, .warning), finding(.scopeOpenID, .info)]) == .accepted)
        #expect(Verdict.outcome(of: [finding(.directoryKeysUsable, .deferral)]) == .deferred)
        let both = [finding(.directoryKeysUsable, .deferral), finding(.scopeKnown, .error)]
        #expect(Verdict.outcome(of: both) == .rejected)
        #expect(Verdict.outcome(of: [finding(.strictJSON, .error), finding(.scopeKnown, .error)]) == .malformed)
        #expect(Verdict.outcome(of: [finding(.compactJWS, .warning)]) == .accepted)
        #expect(Verdict.outcome(of: [finding(.contentType, .error)]) == .rejected)
    }

    @Test("the first error in numeric order decides the answer, never a warning or a deferral before it")
    func primaryIsTheFirstError() {
        let verdict = Verdict(
            outcome: .rejected,
            findings: [
                finding(.requestType, .warning), finding(.softwareKeysUsable, .deferral), finding(.audience, .error),
            ]
        )
        #expect(verdict.primary?.rule == .audience)
    }

    @Test("every fault is told at once, in numeric order")
    func everythingIsToldAtOnce() throws {
        var registration = try Registration()
        registration.claims["scope"] = "openid email"
        registration.claims["iss"] = "other"
        registration.header.append("jku", "https://evil.example")
        registration.stated["org_status"] = "Revoked"
        registration.add("http://localhost/#x")
        let verdict = try registration.verdict()
        let rules = verdict.findings.map(\.rule)
        #expect(rules == rules.sorted())
        #expect(
            rules == [
                .requestHeaderKeys, .organisationStatus, .requestIssuer, .redirectScheme, .redirectHost,
                .redirectFragment, .redirectListed, .scopeKnown,
            ]
        )
    }

    @Test("explain lists what was never asked, and nothing that was")
    func explainListsTheUnreached() throws {
        var registration = try Registration()
        registration.request.statement.damage = .flippedSignature
        let examiner = Examiner(
            policy: registration.policy,
            book: RuleBook(registration.policy),
            indexes: ClaimIndexes()
        )
        let verdict = examiner.examine(
            try registration.delivery(),
            now: Stage.now,
            trust: registration.world.view,
            listsUnreached: true
        )
        #expect(verdict.findings.map(\.rule) == [.statementSignature])
        for rule: RuleID in [.statementIssuer, .requestKeyKnown, .requestSignature, .scopeAllowed, .membership] {
            #expect(verdict.notReached.contains(rule), "\(rule.name)")
        }
        for rule: RuleID in [.statementSignature, .grantTypesForm, .certificateChain] {
            #expect(!verdict.notReached.contains(rule), "\(rule.name)")
        }
    }

    @Test("what a request waits for is named, with its key and whose it is")
    func wantedNamesTheKey() throws {
        var registration = try Registration()
        registration.request.token.sign(with: registration.software.next.key)
        let wanted = try registration.verdict().wanted
        #expect(
            wanted == [
                WantedKey(
                    url: try registration.softwareURL,
                    kind: .software,
                    keyID: registration.software.next.key.kid,
                    organisationID: registration.software.organisation.id,
                    softwareID: registration.software.id
                )
            ]
        )
    }

    @Test("an unverified statement never says where to fetch from (R-085)")
    func unverifiedStatementsNameNothing() throws {
        var registration = try Registration()
        registration.request.statement.sign(with: registration.software.signing.key)
        registration.stated["software_jwks_endpoint"] = "https://evil.example/x.jwks"
        let wanted = try registration.verdict().wanted
        #expect(wanted.map(\.url) == [registration.directoryURL])
    }

    @Test("a hostile value is shown escaped and cut")
    func valuesAreSafe() throws {
        var registration = try Registration()
        registration.claims["aud"] = .text("\u{1B}[2J\u{202E}" + String(repeating: "A", count: 1000))
        for finding in try registration.verdict().findings {
            #expect((finding.value ?? "").utf8.count < 400)
            #expect(!(finding.value ?? "").unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        }
    }

    @Test("a verdict never accepts what nothing proved, even if every rule lets it pass")
    func nothingUnprovenIsAccepted() throws {
        let registration = try Registration()
        let examiner = Examiner(policy: registration.policy, book: RuleBook(Policy()), indexes: ClaimIndexes())
        let verdict = Verdict(outcome: .accepted, findings: [])
        #expect(verdict.held(to: examiner.evidence).outcome == .rejected)
        _ = examiner.examine(try registration.delivery(), now: Stage.now, trust: registration.world.view)
        #expect(verdict.held(to: examiner.evidence).outcome == .accepted)
    }
}
