import Crypto
import Encoding
import OpenBanking
import Testing

@testable import Rules
@testable import Simulator

/// One claim of a good request changed at random and signed again, two thousand times over.
///
/// An oracle of its own says which changes are harmless. The verdict must accept exactly those, and never stop the program.
struct MutationTests {
    @Test("a changed claim is accepted exactly where the change is harmless", arguments: 0..<8 as Range<UInt64>)
    func mutantsAreJudgedRightly(_ seed: UInt64) throws {
        var random = RandomSource(seed: seed, stream: 99)
        var good = try Registration(Stage.elliptic)  // signs in no time
        good.claims["software_statement"] = .text(try good.request.statement.compact())
        good.claims.append("client_name", "Name")
        let examiner = Examiner(policy: good.policy, book: RuleBook(good.policy), indexes: ClaimIndexes())
        var accepted = 0
        for _ in 0..<250 {
            var mutant = good
            let name = try #require(good.claims.list.randomElement(using: &random)?.name)
            let value = ClaimMutator.mutate(try #require(good.claims[name]), &random)
            mutant.claims[name] = value
            let verdict = try mutant.verdict(examiner)
            let isHarmless = HarmlessChange(good: good.claims, roles: good.software.roles).allows(name, value)
            let told = "\(name) = \(String(describing: value)): \(verdict.findings.map(\.message))"
            #expect((verdict.outcome == .accepted) == isHarmless, "\(told)")
            #expect(verdict.outcome == .accepted || verdict.primary != nil, "\(told)")
            accepted += verdict.outcome == .accepted ? 1 : 0
        }
        #expect((10...150).contains(accepted), "the mutations are neither all harmless nor all harmful: \(accepted)")
    }

    @Test("no single changed byte of a signed request is accepted", arguments: 0..<4 as Range<UInt64>)
    func changedBytesAreNeverAccepted(_ seed: UInt64) throws {
        var random = RandomSource(seed: seed, stream: 98)
        var registration = try Registration(Stage.elliptic)
        let compact = Array(try registration.request.compact().utf8)
        let examiner = Examiner(
            policy: registration.policy,
            book: RuleBook(registration.policy),
            indexes: ClaimIndexes()
        )
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ".utf8)
        for _ in 0..<250 {
            var bytes = compact
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let byte = alphabet.filter { $0 != bytes[place] }.randomElement(using: &random) ?? 0
            // White space around a request is no part of it.
            if byte == UInt8(ascii: " "), place == 0 || place == bytes.count - 1 { continue }
            bytes[place] = byte
            registration.wrap(String(decoding: bytes, as: UTF8.self))
            let verdict = try registration.verdict(examiner)
            #expect(verdict.outcome != .accepted, "byte \(place) of \(bytes.count) is \(byte)")
        }
    }

    @Test("no cut, doubled or joined text stops the program or is accepted", arguments: 0..<4 as Range<UInt64>)
    func wreckageIsRefused(_ seed: UInt64) throws {
        var random = RandomSource(seed: seed, stream: 97)
        let registration = try Registration(Stage.elliptic)
        let line = Array(try registration.text().utf8)
        let examiner = Examiner(
            policy: registration.policy,
            book: RuleBook(registration.policy),
            indexes: ClaimIndexes()
        )
        for _ in 0..<100 {
            let cut = Int.random(in: 0..<line.count, using: &random)
            let other = Int.random(in: 0..<line.count, using: &random)
            let pieces: [[UInt8]] = [
                Array(line[..<cut]), Array(line[cut...]), Array(line[..<cut]) + line[other...],
                line + line[..<cut], Array(line[..<cut]) + random.bytes(4) + line[cut...],
            ]
            guard let piece = pieces.randomElement(using: &random), piece != line else { continue }
            let delivery = Delivery(.record(ByteSlice(piece)), arrivedAt: Stage.now)
            let verdict = examiner.examine(delivery, now: Stage.now, trust: registration.world.view)
            // Some bytes may land in members that nothing depends on, such as ref.
            if verdict.outcome == .accepted { #expect(examiner.evidence.isProven) }
        }
    }
}
