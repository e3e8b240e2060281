import Dispatch
import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("Reading a batch line by line")
struct BulkReaderTests {
    /// A line as a test sees it: its text, or nil and its length when it is too long.
    struct Seen: Equatable {
        let number: Int
        let text: String?
        let count: Int
        let offset: Int64
        let nextOffset: Int64
    }

    static func reader(
        _ text: String,
        _ place: TemporarySpool,
        from offset: Int64 = 0,
        line: Int = 1,
        lineLimit: Int = 8,
        step: Int = 4
    ) throws -> BulkReader {
        if place.status("b.ndjson") == nil {
            mkdir(place.root, 0o700)
            try place.write("b.ndjson", text)
        }
        let input = try TakenFile.open("b.ndjson", in: Folder.open(path: place.root), limit: 1 << 30)
        return try BulkReader(input, name: "b.ndjson", from: offset, line: line, lineLimit: lineLimit, step: step)
    }

    static func all(_ reader: BulkReader, limit: Int = 1024) throws -> [Seen] {
        let block = BulkBlock()
        var lines: [Seen] = []
        while try reader.next(into: block, limit: limit) {
            #expect(block.lines.count <= limit)
            for line in block.lines {
                lines.append(
                    Seen(
                        number: line.number,
                        text: block.text(of: line)?.string,
                        count: line.count,
                        offset: line.offset,
                        nextOffset: line.nextOffset
                    )
                )
            }
        }
        return lines
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let why: String
        let text: String
        /// The lines; nil for one that is too long (over 8 bytes).
        let lines: [String?]
        var testDescription: String { why }

        init(_ why: String, _ text: String, _ lines: [String?]) {
            (self.why, self.text, self.lines) = (why, text, lines)
        }
    }

    static let rows = [
        Row("one line", "a\n", ["a"]),
        Row("no line end at the end", "a\nb", ["a", "b"]),
        Row("CRLF", "a\r\nb\r\n", ["a", "b"]),
        Row("CR at the end of the file", "a\nb\r", ["a", "b"]),
        Row("a CR inside stays", "a\rb\n", ["a\rb"]),
        Row("only one CR goes", "a\r\r\n", ["a\r"]),
        Row("blank lines count", "\n\na\n\n", ["", "", "a", ""]),
        Row("blank lines with CR", "\r\n\r\n", ["", ""]),
        Row("line ends at the edge of a read", "abc\nabc\nabcd\n", ["abc", "abc", "abcd"]),
        Row("CR and LF in different reads", "abc\r\nx\n", ["abc", "x"]),
        Row("as long as can be", "12345678\n12345678\r\n12345678", ["12345678", "12345678", "12345678"]),
        Row("one byte too long", "a\n123456789\nb\n", ["a", nil, "b"]),
        Row("one byte too long, with CR", "a\n123456789\r\nb\n", ["a", nil, "b"]),
        Row("far too long, in the middle", "a\n" + String(repeating: "x", count: 1000) + "\nb\n", ["a", nil, "b"]),
        Row(
            "far too long, first and last",
            String(repeating: "x", count: 99) + "\n" + String(repeating: "y", count: 97),
            [nil, nil]
        ),
        Row("too long, and the line end begins a read", "123456789012345\nb\n", [nil, "b"]),
        Row("too long, ends with the file and CR", "1234567890123\r", [nil]),
    ]

    @Test("gives each line once, however few it is asked for", arguments: rows)
    func lines(_ row: Row) throws {
        let place = try TemporarySpool()
        var end: Int64 = 0
        let whole = try Self.all(Self.reader(row.text, place))
        #expect(whole.map(\.text) == row.lines)
        for (index, line) in whole.enumerated() {
            #expect(line.number == index + 1)
            #expect(line.offset == end)
            end = line.nextOffset
            var content = Array(row.text.utf8)[Int(line.offset)..<Int(line.nextOffset)]
            if content.last == UInt8(ascii: "\n") { content.removeLast() }
            if content.last == UInt8(ascii: "\r") { content.removeLast() }
            #expect(line.count == content.count)
        }
        #expect(end == row.text.utf8.count)
        for step in [1, 2, 3, 5, 7, 64, 4096] {
            for limit in [1, 2, 1024] {
                #expect(
                    try Self.all(Self.reader(row.text, place, step: step), limit: limit) == whole,
                    "step \(step), limit \(limit)"
                )
            }
        }
    }

    @Test("resumes at the end of any line with the same lines", arguments: rows)
    func resumes(_ row: Row) throws {
        let place = try TemporarySpool()
        let whole = try Self.all(Self.reader(row.text, place))
        for (index, line) in whole.enumerated() {
            let rest = try Self.all(Self.reader(row.text, place, from: line.nextOffset, line: line.number + 1))
            #expect(rest == Array(whole[(index + 1)...]))
        }
    }

    @Test("does not resume inside a line or behind the end", arguments: [1, 2, 5, 8, -1] as [Int64])
    func resumesNowhereElse(_ offset: Int64) throws {
        let place = try TemporarySpool()
        #expect(throws: SpoolError.changed(name: "b.ndjson")) { try Self.reader("ab\nabc\n", place, from: offset) }
    }

    @Test("tells when the file changed under it")
    func changed() throws {
        let place = try TemporarySpool()
        let reader = try Self.reader("a\nb\nc\n", place)
        let block = BulkBlock()
        #expect(try reader.next(into: block, limit: 1))
        try place.write("b.ndjson", "a\nX\nc\nd\n")
        #expect(throws: SpoolError.changed(name: "b.ndjson")) { try reader.next(into: block, limit: 1) }
    }

    @Test("tells a file that changed from itself: a reader of one has not the version of the other")
    func version() throws {
        let place = try TemporarySpool()
        let first = try Self.reader("a\nb\n", place)
        // Of the same size too, once the clock of the file system has moved on.
        var tries = 0
        repeat {
            try place.write("b.ndjson", "a\nX\n")
            tries += 1
        } while try Self.reader("", place).version == first.version && tries < 10_000
        #expect(tries < 10_000)
        let spool = try place.open()
        try place.write("incoming/c.ndjson", "a\nb\n")
        let file = try #require(try spool.intake().take(at: TemporarySpool.now).group?.files.first)
        #expect(try file.lines().version == file.lines(from: 2, line: 2).version)
    }

    @Test("gives the whole file in pieces for a digest, and stays where it is")
    func pieces() throws {
        let place = try TemporarySpool()
        let reader = try Self.reader("ab\ncd\nef", place)
        let block = BulkBlock()
        #expect(try reader.next(into: block, limit: 1))
        var text = ""
        try reader.forEachPiece { text += $0.string }
        #expect(text == "ab\ncd\nef")
        #expect(reader.offset == 3)
        #expect(reader.line == 2)
        #expect(try Self.all(reader).map(\.text) == ["cd", "ef"])
    }

    @Test("keeps its blocks small however large the file is")
    func memory() throws {
        let place = try TemporarySpool()
        mkdir(place.root, 0o700)
        let line = String(repeating: "x", count: 99_999) + "\n"
        try place.write("b.ndjson", String(repeating: line, count: 300))
        let input = try TakenFile.open("b.ndjson", in: Folder.open(path: place.root), limit: 1 << 30)
        let reader = try BulkReader(input, name: "b.ndjson", from: 0, line: 1, lineLimit: 256 << 10)
        let block = BulkBlock()
        var count = 0
        while try reader.next(into: block) {
            count += block.lines.count
            #expect(block.buffer.count <= BulkReader.blockLimit)
            #expect(block.lines.allSatisfy { block.text(of: $0)?.count == 99_999 })
        }
        #expect(count == 300)
        #expect(reader.offset == reader.size)
    }

    @Test("through a taken batch, with the limits of the intake")
    func taken() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/b.ndjson", "{}\n{\"long\":1}\n{}")
        var limits = InputLimits()
        limits.line = 4
        let group = try #require(try spool.intake(limits: limits).take(at: TemporarySpool.now).group)
        let block = BulkBlock()
        let reader = try group.files[0].lines()
        #expect(try reader.next(into: block))
        while block.lines.count < 3 {
            let more = BulkBlock()
            #expect(try reader.next(into: more))
            block.lines += more.lines
        }
        #expect(block.lines.map(\.isTooLong) == [false, true, false])
        #expect(block.lines.map(\.count) == [2, 10, 2])
    }
}
