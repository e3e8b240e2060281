import Crypto
import Encoding
import OpenBanking
import PKIX
import Testing

@testable import Rules
@testable import Simulator

/// One examiner judges request after request; none leaves anything behind for the next.
struct ExaminerTests {
    private func examiner() throws -> Examiner {
        let policy = try Stage.policy
        return Examiner(policy: policy, book: RuleBook(policy), indexes: ClaimIndexes())
    }

    @Test("the same verdict in any company: rows of one policy judged in turn by one examiner")
    func nothingIsLeftBehind() throws {
        let examiner = try examiner()
        let good = try Registration()
        let manual = try Registration(form: .manual)
        var others: [Registration] = []
        for change: (inout Registration) throws -> Void in [
            { $0.request.token.damage = .flippedSignature }, { $0.request.certificate = nil },
            { $0.claims["scope"] = nil }, { $0.request.statement.damage = .cutSignature },
            { $0.form = .text("{") }, { $0.wrap("a.b") }, { $0.world.sets = [:] },
            { $0.form = .unreadable("gone") }, { $0.deliver([("operation", "delete"), ("client_id", "c")]) },
        ] {
            var other = try Registration()
            try change(&other)
            others.append(other)
        }
        for other in others {
            let alone = try other.verdict().findings
            #expect(try other.verdict(examiner).findings == alone)
            #expect(try good.verdict(examiner).findings == [])
            #expect(try other.verdict(examiner).findings == alone)
            #expect(try manual.verdict(examiner).findings == [])
        }
    }

    @Test("a certificate refused without its issuer is judged anew when the issuer comes along")
    func chainsAreRemembered() throws {
        let examiner = try examiner()
        var registration = try Registration()
        let issuing = PEM.encode(try Stage.directory.authority.issuing, label: "CERTIFICATE")
        registration.world.anchors = try .load([Stage.directory.authority.root])
        registration.policy.certificateRevocation = .off
        let alone = try registration.verdict(examiner)
        #expect(alone.findings.contains { $0.rule == .certificateChain })
        registration.request.certificate? += issuing
        let together = try registration.verdict(examiner)
        #expect(!together.findings.contains { $0.rule == .certificateChain })
    }

    @Test("a new snapshot forgets certificates vetted under the last one")
    func generationsAreKeptApart() throws {
        let examiner = try examiner()
        var registration = try Registration()
        #expect(try registration.verdict(examiner).outcome == .accepted)
        try registration.lists([])
        registration.world.generation += 1
        #expect(try registration.verdict(examiner).outcome == .deferred)
    }

    @Test("the digest is the request's own, however it was delivered")
    func digestIsTheRequests() throws {
        let examiner = try examiner()
        var registration = try Registration()
        let compact = try registration.request.compact()
        registration.wrap(compact)
        _ = try registration.verdict(examiner)
        let first = examiner.evidence.digest
        registration.wrap("  \(compact)\n")
        _ = try registration.verdict(examiner)
        #expect(examiner.evidence.digest == first)
        #expect(first == .of(compact))
    }

    @Test("every manner of a good registration is accepted", arguments: RegistrationManner.allCases)
    func mannersAreAccepted(_ manner: RegistrationManner) throws {
        for software in try Stage.directory.software {
            var registration = try Registration(software.index)
            registration.form = .text(try Stage.forge.item(of: software, manner).line)
            let verdict = try registration.verdict()
            #expect(verdict.outcome == .accepted, "\(software.index): \(verdict.findings.map(\.message))")
        }
    }

    @Test("every forged fault is found", arguments: ForgedFault.allCases)
    func faultsAreFound(_ fault: ForgedFault) throws {
        let item = try Stage.forge.item(fault)
        let software = try #require(try Stage.directory.software.first { $0.id == item.softwareID })
        var registration = try Registration(software.index)
        registration.form = .text(item.line)
        let verdict = try registration.verdict()
        #expect(verdict.outcome == fault.expectation.outcome)
        #expect(verdict.findings.map(\.rule).contains(try #require(fault.expectation.rule)))
        if let code = fault.expectation.code { #expect(verdict.primary?.code == code) }
    }
}
