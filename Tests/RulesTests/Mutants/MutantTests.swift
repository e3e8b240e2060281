import Foundation
import OpenBanking
import Synchronization
import Testing

@testable import Rules
@testable import Simulator

/// One field of a valid registration changed at random, thousands of times over.
///
/// What must come of each mutant is written in tables of their own, from the rule book; exactly those rules must speak.
/// COUNTERFOIL_MUTANTS says how many there are; the same seed makes the same mutants.
@Suite("Mutants")
struct MutantTests {
    static let count = ProcessInfo.processInfo.environment["COUNTERFOIL_MUTANTS"].flatMap { Int($0) } ?? 2_000
    static let slices = 8

    @Test("each mutant ends as the tables say", arguments: 0..<slices)
    func mutantsEndAsTheTablesSay(_ slice: Int) throws {
        var run = try MutantRun(seed: UInt64(slice))
        for _ in 0..<(Self.count / Self.slices) { try run.judgeOne() }
        MutantScore.shared.add(run)
        for wrong in run.wrong { Issue.record("\(wrong)") }
        #expect(run.accepted > 0 && run.accepted < run.judged, "the mutants are neither all good nor all bad")
    }

    @Test("every field is changed in every way, and every rule of a registration speaks")
    func everyRuleSpeaks() {
        let found = Mutex((wrong: [String](), rules: Set<RuleID>()))
        DispatchQueue.concurrentPerform(iterations: MutantSource.all.count) { index in
            do {
                var run = try MutantRun(seed: UInt64(1_000 + index))
                for _ in 0..<100 { try run.judge(MutantSource.all[index]) }
                found.withLock { state in
                    state.wrong += run.wrong.map(\.description)
                    state.rules.formUnion(run.rules)
                }
            } catch { found.withLock { $0.wrong.append("\(MutantSource.all[index]): \(error)") } }
        }
        let (wrong, rules) = found.withLock { $0 }
        for sentence in wrong { Issue.record("\(sentence)") }
        // A client's own secret is for migrated clients only, and no registration here is one of them.
        let told = rules.union([.clientSecret])
        let silent = RuleBook.all.filter { $0.severity == .error && !told.contains($0.id) }.map(\.id.name)
        #expect(silent.isEmpty, "no mutant breaks \(silent)")
    }

    @Test("every claim the rules know is changed")
    func everyClaimIsChanged() {
        let names = Set(MutantSource.all.map(\.name))
        let texts = Set(requestTextRows.map(\.claim))
        let lists: Set<String> = ["iat", "exp", "redirect_uris", "grant_types", "response_types", "scope"]
        let inHeaders: Set<String> = ["software_statement", "tls_client_auth_subject_dn"]
        let required: [RequestClaim] = [
            .issuer, .issuedAt, .expiresAt, .audience, .jwtID, .redirectURIs, .authenticationMethod, .grantTypes,
            .responseTypes, .softwareID, .scope, .softwareStatement, .applicationType, .idTokenAlgorithm,
            .requestObjectAlgorithm, .authenticationAlgorithm, .subjectDN,
        ]
        for claim in required {
            #expect(texts.union(lists).union(inHeaders).contains(claim.rawValue), "\(claim.rawValue) is never changed")
        }
        #expect(names.count == MutantSource.all.count, "two fields of one name")
    }
}
