import Crypto
import Encoding
import Foundation
import Testing

@testable import Bundle

/// Stock python-tuf judges what we judge: the same verdict on every mutant, but where we are stricter by intention.
@Suite(
    "The word of python-tuf",
    .enabled(if: Oracle.isHere, "skipped: python-tuf is not installed (make install-test-tools)")
)
struct OracleTests {
    static let isComplete = ProcessInfo.processInfo.environment["COUNTERFOIL_AIRGAP"] == "all"

    @Test("it takes our bundles as they are, every target included")
    func accepts() throws {
        let low = try LowSide()
        let first = try low.archive("one.tar")
        try low.fetch(World.software, World.keys("CDF"), at: World.start + 10)
        low.roots.append(try Holders.shared.root(version: 2))
        let second = try low.archive("two.tar", at: World.start + 100)
        let oracle = try Oracle(bases: ["first": first, "second": second], trusted: nil, at: World.start + 200)
        let words = try oracle.judge([Oracle.Case(base: "first"), Oracle.Case(base: "second")])
        #expect(words == ["accepted", "accepted"])
        let later = try Oracle(bases: ["first": first, "second": second], trusted: "first", at: World.start + 200)
        #expect(try later.judge([Oracle.Case(base: "second")]) == ["accepted"])
    }

    @Test("every changed byte of metadata is judged alike")
    func flips() throws {
        let low = try LowSide()
        low.roots.append(try Holders.shared.root(version: 2, signers: [0, 1, 2]))
        let base = try low.archive()
        let step = Self.isComplete ? 1 : 13
        var cases: [Oracle.Case] = []
        for path in base.members.keys.sorted() where path.hasPrefix("metadata/") {
            let bytes = base.members[path] ?? []
            for place in stride(from: 0, to: bytes.count, by: step) {
                let bits: [UInt8] = Self.isComplete ? [0x01, 0x20, 0x80] : [UInt8(1) << UInt8(place % 8)]
                for bit in bits {
                    cases.append(Oracle.Case(base: "base", byte: (path, place, bytes[place] ^ bit)))
                }
            }
        }
        try compare(cases, ["base": base], trusted: nil, "single-byte changes of metadata")
    }

    @Test("every structured mutant is judged alike")
    func mutants() throws {
        let first = try LowSide().archive()
        let base = try first.resigned(Archive.Change(version: 6))
        let trusted = try first.resigned(Archive.Change(version: 5))
        var cases: [Oracle.Case] = []
        for mutant in try Mutants(base).all { cases.append(Oracle.Case(base: "base", archive: mutant, of: base)) }
        #expect(cases.count >= 500)
        if !Self.isComplete { cases = cases.enumerated().filter { $0.offset % 5 == 0 }.map(\.element) }
        try compare(cases, ["base": base, "trusted": trusted], trusted: "trusted", "structured mutants")
    }

    private func compare(
        _ cases: [Oracle.Case],
        _ bases: [String: Archive],
        trusted: String?,
        _ what: String
    ) throws {
        let time = World.start + 1000
        let words = try Oracle(bases: bases, trusted: trusted, at: time).judge(cases)
        try #require(words.count == cases.count)
        let base = try #require(bases["base"])
        var stricter: [String: Int] = [:]
        var accepted = 0
        // One cache serves all: a refused bundle leaves it as it was, which is what is asserted.
        var high = try HighSide()
        let first = trusted.flatMap { bases[$0] }
        if let first { try high.take(first.bytes) }
        var before = try high.digest()
        for (item, word) in zip(cases, words) {
            let kind = try high.fault(item.applied(to: base).bytes, at: time)
            if kind == nil {
                #expect(word == "accepted", "we take what python-tuf refuses (\(word)): \(item)")
                accepted += 1
                high = try HighSide()
                if let first { try high.take(first.bytes) }
                before = try high.digest()
                continue
            }
            #expect(try high.digest() == before, "a refused bundle changed the cache: \(item)")
            guard word == "accepted", let kind else { continue }
            stricter[kind.rawValue, default: 0] += 1
            let isKnown = Self.strictKinds.contains(kind) || kind == .mixAndMatch && Self.namesKeptSnapshot(item)
            #expect(isKnown, "python-tuf takes what we refuse (\(kind)): \(item)")
        }
        let list = stricter.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let sum = stricter.values.reduce(0, +)
        print("bar: \(cases.count) \(what): \(accepted) taken by both, \(sum) refused by us alone (\(list))")
    }

    /// Whether a genuine timestamp names the number of the snapshot that was trusted before.
    ///
    /// python-tuf takes its own copy then, without a look at the digest named with it. For us the parts of a bundle have
    /// one number.
    private static func namesKeptSnapshot(_ item: Oracle.Case) -> Bool {
        guard let bytes = item.members["metadata/timestamp.json"] ?? nil else { return false }
        return String(decoding: bytes, as: UTF8.self).contains("\"version\":5}},\"spec_version\"")
    }

    /// Where we are stricter: a form nobody of ours writes, something nobody named, another bundle under a known number,
    /// another repository, a clock that cannot be right, roots with a gap behind the newest, and another first root than
    /// the pinned one: python-tuf is handed that and never reads the bundle's copy.
    static let strictKinds: Set<BundleFault.Kind> = [
        .malformed, .extra, .archive, .equivocation, .secondExporter, .clockBack, .rootGap, .pinMismatch,
    ]
}
