import Spool
import Testing

@Suite("The name of an input")
struct InputNameTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let why: String
        let name: String
        let stem: String
        let kind: InputName.Kind
        var testDescription: String { "\(why): \(name)" }

        init(_ why: String, _ name: String, _ stem: String, _ kind: InputName.Kind) {
            (self.why, self.name, self.stem, self.kind) = (why, name, stem, kind)
        }
    }

    @Test(
        "is understood",
        arguments: [
            Row("a request", "a.jwt", "a", .single),
            Row("a request", "a.jws", "a", .single),
            Row("a request", "a.jose", "a", .single),
            Row("a certificate", "a.pem", "a", .certificate),
            Row("a record", "a.json", "a", .record),
            Row("a batch", "a.ndjson", "a", .bulk),
            Row("a batch", "a.jsonl", "a", .bulk),
            Row("the longer ending wins", "a.manifest.json", "a", .manifest),
            Row("only a whole ending counts", "manifest.json", "manifest", .record),
            Row("dots inside", "bank.2026-11-22.v1_2.jwt", "bank.2026-11-22.v1_2", .single),
            Row("two endings", "a.jwt.json", "a.jwt", .record),
            Row("a digit first", "0.jwt", "0", .single),
            Row(
                "the longest",
                String(repeating: "x", count: 124) + ".jwt",
                String(repeating: "x", count: 124),
                .single
            ),
        ]
    )
    func understands(_ row: Row) throws {
        guard case .input(let name) = InputName.classify(row.name) else {
            Issue.record("\(InputName.classify(row.name))")
            return
        }
        #expect(name.name == row.name)
        #expect(name.stem == row.stem)
        #expect(name.kind == row.kind)
    }

    @Test(
        "of an unfinished file is left alone",
        arguments: [
            ".hidden.jwt", ".a.jwt.42-0.tmp", "a.jwt.tmp", "a.part", "a.partial", "a.jwt.filepart", "a.crdownload",
            "a.writing",
            "a.swp", "a.jwt~", "~", ".", "..", "é.tmp", "a b.part", String(repeating: "x", count: 200) + ".tmp",
        ]
    )
    func ignores(_ name: String) { #expect(InputName.classify(name) == .ignored) }

    struct Refused: CustomTestStringConvertible, Sendable {
        let why: String
        let bytes: [UInt8]
        let refusal: InputName.Refusal
        var testDescription: String { why }

        init(_ why: String, _ name: String, _ refusal: InputName.Refusal) {
            self.init(why, bytes: Array(name.utf8), refusal)
        }

        init(_ why: String, bytes: [UInt8], _ refusal: InputName.Refusal) {
            (self.why, self.bytes, self.refusal) = (why, bytes, refusal)
        }
    }

    @Test(
        "is refused",
        arguments: [
            Refused("empty", "", .character),
            Refused("a dash first looks like an option", "-rf.jwt", .character),
            Refused("an underscore first", "_a.jwt", .character),
            Refused("a space", "a b.jwt", .character),
            Refused("a separator", "a/b.jwt", .character),
            Refused("up and away", "a..%2f.jwt", .character),
            Refused("a line feed", "a\n.jwt", .character),
            Refused("NUL", "a\0.jwt", .character),
            Refused("a letter that is not ASCII", "é.jwt", .character),
            Refused("a bidi control", "a\u{202E}twj.jwt", .character),
            Refused("no UTF-8", bytes: [0x61, 0xFF, 0xFE] + Array(".jwt".utf8), .character),
            Refused("a semicolon", "a;rm.jwt", .character),
            Refused("lost+found", "lost+found", .character),
            Refused("129 bytes", String(repeating: "x", count: 125) + ".jwt", .length),
            Refused("255 bytes", String(repeating: "x", count: 251) + ".jwt", .length),
            Refused("no ending", "README", .ending),
            Refused("an ending of somebody else", "a.txt", .ending),
            Refused("endings are in lower case", "a.JWT", .ending),
            Refused("nothing before the ending", "jwt", .ending),
            Refused("an archive", "a.tar.gz", .ending),
        ]
    )
    func refuses(_ row: Refused) { #expect(InputName.classify(row.bytes) == .refused(row.refusal)) }

    @Test("leads to what lies beside it")
    func companions() throws {
        let rows = [
            ("a.jwt", "a.pem"), ("a.jose", "a.pem"), ("a.ndjson", "a.manifest.json"), ("a.json", nil), ("a.pem", nil),
            ("a.manifest.json", nil),
        ]
        for (name, companion) in rows {
            guard case .input(let input) = InputName.classify(name) else {
                Issue.record("\(name)")
                continue
            }
            #expect(input.companion == companion, "\(name)")
        }
    }
}
