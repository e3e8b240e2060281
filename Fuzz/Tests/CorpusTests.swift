import Foundation
import Testing

/// The committed corpora through the fuzzer's own checks, so that what was found once is never lost again.
@Suite("Fuzz corpora")
struct CorpusTests {
    @Test("every committed input keeps what must hold", arguments: FuzzTarget.all)
    func corpusHolds(_ target: FuzzTarget) throws {
        var accepted = 0
        let inputs = try Corpus.inputs(of: target)
        for (name, bytes) in inputs {
            #expect(bytes.count <= target.byteLimit, "\(name) is longer than the target's bound")
            #expect(throws: Never.self, "\(name)") { accepted += try target.check(bytes) ? 1 : 0 }
        }
        #expect(accepted > 0, "the corpus of \(target) holds nothing that is accepted")
        #expect(accepted < inputs.count, "the corpus of \(target) holds nothing that is refused")
    }

    @Test("so do inputs near them", arguments: FuzzTarget.all)
    func neighboursHold(_ target: FuzzTarget) throws {
        var random = ByteMutator(seed: 2027)
        for (name, bytes) in try Corpus.inputs(of: target) {
            for _ in 0..<60 {
                let mutant = random.mutate(bytes)
                #expect(throws: Never.self, "\(name) as \(Data(mutant).base64EncodedString())") {
                    try target.check(mutant)
                }
            }
        }
    }

    @Test("each corpus and dictionary belongs to a target")
    func nothingIsLeftOver() throws {
        let names = Set(FuzzTarget.all.map(\.name))
        #expect(Set(try Corpus.entries("Corpora")) == names)
        for file in try Corpus.entries("Dictionaries") { #expect(names.contains(String(file.prefix { $0 != "." }))) }
    }

    @Test("the genuine registration is accepted")
    func genuineIsAccepted() throws {
        #expect(try FuzzTarget.record.check(Genuine.kept.record))
        #expect(try FuzzTarget.record.check(Genuine.kept.request))
        for token in Genuine.kept.tokens { #expect(try FuzzTarget.jws.check(token)) }
        for der in Genuine.kept.certificates { #expect(try FuzzTarget.certificate.check(der)) }
        for der in Genuine.kept.lists { #expect(try FuzzTarget.revocationList.check(der)) }
    }

    @Test("a broken property is told")
    func brokenPropertyIsTold() {
        #expect(throws: BrokenProperty.self) { try hold(1 + 1 == 3, "arithmetic") }
        #expect(throws: BrokenProperty.self) { try must("fails") { throw BrokenProperty(description: "inside") } }
    }
}
