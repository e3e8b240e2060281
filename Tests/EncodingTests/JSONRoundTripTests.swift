import Encoding
import Testing

/// Random trees that the writer writes and the reader reads back, equal.
@Suite("JSON there and back")
struct JSONRoundTripTests {
    indirect enum Tree: Equatable {
        case null
        case bool(Bool)
        case integer(Int64)
        case string(String)
        case array([Tree])
        case object([(name: String, value: Tree)])

        static func == (left: Tree, right: Tree) -> Bool {
            switch (left, right) {
            case (.null, .null): true
            case (.bool(let a), .bool(let b)): a == b
            case (.integer(let a), .integer(let b)): a == b
            case (.string(let a), .string(let b)): Array(a.utf8) == Array(b.utf8)
            case (.array(let a), .array(let b)): a == b
            case (.object(let a), .object(let b)):
                a.map(\.name) == b.map(\.name) && a.map(\.value) == b.map(\.value)
            default: false
            }
        }
    }

    static func random(_ depth: Int, _ generator: inout Lehmer) -> Tree {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2:
            return .integer(Int64(truncatingIfNeeded: generator.next()) >> Int64.random(in: 0..<64, using: &generator))
        case 3, 4: return .string(text(&generator))
        case 5: return .array((0..<Int.random(in: 0..<6, using: &generator)).map { _ in random(depth - 1, &generator) })
        default:
            return .object(
                (0..<Int.random(in: 0..<8, using: &generator)).map {
                    (name: "\($0)" + text(&generator), value: random(depth - 1, &generator))
                }
            )
        }
    }

    static func text(_ generator: inout Lehmer) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<30, using: &generator) {
            let ranges: [ClosedRange<UInt32>] = [
                0x20...0x7E, 0x20...0x7E, 0x20...0x7E, 0...0x1F, 0x7F...0x7FF, 0x2000...0x20FF, 0x10000...0x10FFFF,
            ]
            let value = UInt32.random(
                in: ranges[Int.random(in: 0..<ranges.count, using: &generator)],
                using: &generator
            )
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    static func write(_ tree: Tree, _ writer: inout JSONWriter) {
        switch tree {
        case .null: writer.null()
        case .bool(let value): writer.bool(value)
        case .integer(let value): writer.integer(value)
        case .string(let value): writer.string(value)
        case .array(let values):
            writer.beginArray()
            for value in values { write(value, &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.name(member.name)
                write(member.value, &writer)
            }
            writer.endObject()
        }
    }

    static func read(_ value: JSONValue) -> Tree {
        switch value.kind {
        case .null: .null
        case .bool: .bool(value.bool ?? false)
        case .number: .integer(value.integer ?? 0)
        case .string: .string(value.text?.string ?? "")
        case .array: .array(value.elements.map(read))
        case .object: .object(value.members.map { (name: $0.name.string, value: read($0.value)) })
        }
    }

    @Test("2,000 random trees, read twice, and written from the reading alike")
    func trees() throws {
        var generator = Lehmer(seed: 42)
        let document = JSONDocument()
        let (first, second) = (ByteBuffer(), ByteBuffer())
        for _ in 0..<2_000 {
            let tree = Self.random(5, &generator)
            first.removeAll()
            second.removeAll()
            var writer = JSONWriter(first)
            Self.write(tree, &writer)
            try document.parse(first.all)
            #expect(Self.read(document.root) == tree)
            var again = JSONWriter(second)
            again.value(document.root)
            #expect(first.all == second.all)
        }
    }

    @Test("10,000 damaged texts are read or refused, and what is read can be written and read again")
    func damaged() throws {
        var generator = Lehmer(seed: 43)
        let (document, other) = (JSONDocument(), JSONDocument())
        let (buffer, again) = (ByteBuffer(), ByteBuffer())
        var accepted = 0
        for _ in 0..<10_000 {
            buffer.removeAll()
            var writer = JSONWriter(buffer)
            Self.write(Self.random(3, &generator), &writer)
            var bytes = buffer.all.bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] =
                    generator.next() % 2 == 0
                    ? UInt8.random(in: .min ... .max, using: &generator)
                    : Array("{}[]\",:\\u0e.-".utf8).randomElement(using: &generator) ?? 0
            }
            guard (try? document.parse(bytes)) != nil else { continue }
            accepted += 1
            again.removeAll()
            var rewriter = JSONWriter(again)
            rewriter.value(document.root)
            try other.parse(again.all)
            #expect(Self.read(other.root) == Self.read(document.root))
        }
        #expect(accepted > 100)
    }
}
