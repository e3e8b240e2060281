import CVector
import Encoding
import Testing

/// Long texts are passed over by vector instructions where the processor has them; what they say must be what a reader of
/// single bytes says, for every byte at each place of blocks, of words and of what is left.
@Suite("Long texts")
struct LongTextTests {
    static let length = 64 * 2 + 8 + 3

    @Test("base64url and base64: every byte at each place is read, or refused, as by a reader of single bytes")
    func base64() {
        for (isURL, letters) in [
            (true, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            (false, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
        ] {
            let alphabet = Array(letters.utf8)
            var values = [Int?](repeating: nil, count: 256)
            for (value, letter) in alphabet.enumerated() { values[Int(letter)] = value }
            // A whole number of groups, so that every letter is good at every place.
            let plain = (0..<Self.length + 1).map { alphabet[$0 * 7 % 64] }
            for place in plain.indices {
                for byte in UInt8.min...UInt8.max {
                    // Padding at the end is base64's own.
                    if !isURL, byte == UInt8(ascii: "="), place == plain.count - 1 { continue }
                    var text = plain
                    text[place] = byte
                    let found = Self.decoded(text, isURL)
                    let expected = Self.singly(text, values, changedAt: place)
                    if found != expected { Issue.record("byte \(byte) at \(place): \(found), not \(expected)") }
                }
            }
        }
    }

    @Test("base64url: texts of every length are read as by a reader of single bytes")
    func lengths() {
        for length in 0..<200 where length % 4 != 1 {
            let bytes = (0..<length * 3 / 4).map { UInt8(truncatingIfNeeded: $0 * 37 + length) }
            let text = Base64URL.encode(bytes)
            #expect(Self.decoded(Array(text.utf8), true) == .bytes(bytes))
        }
    }

    @Test("a JSON string: every byte at each place is read, or refused, as it is in a short one")
    func reading() {
        let document = JSONDocument()
        for place in 0..<Self.length {
            for byte in UInt8.min...UInt8.max {
                var content = [UInt8](repeating: UInt8(ascii: "a"), count: Self.length)
                content[place] = byte
                let text = [0x22] + content + [0x22]
                let isLast = place == Self.length - 1
                let expected: JSONError? =
                    switch byte {
                    case 0x22: .trailing(at: place + 2)
                    case 0x5C: isLast ? .end(at: text.count) : .escape(at: place + 1)
                    case 0..<0x20: .control(at: place + 1)
                    case 0x80...: .utf8(at: place + 1)
                    default: nil
                    }
                var found: JSONError?
                do throws(JSONError) { try document.parse(text) } catch { found = error }
                if found != expected || (found == nil && document.root.text?.bytes != content) {
                    Issue.record("byte \(byte) at \(place): \(String(describing: found))")
                }
            }
        }
    }

    @Test("a JSON string: every byte at each place of texts of several lengths is written as it is in a short one")
    func writing() {
        let buffer = ByteBuffer()
        for length in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 31, 32, 33, 39, 40, 47, Self.length, 255, 256, 325] {
            for place in 0..<length {
                for byte in UInt8.min...UInt8.max {
                    var content = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    content[place] = byte
                    buffer.removeAll()
                    var json = JSONWriter(buffer)
                    json.string(ByteSlice(content))
                    let expected = [0x22] + content[..<place] + Self.escaped(byte) + content[(place + 1)...] + [0x22]
                    if buffer.all.bytes != expected { Issue.record("byte \(byte) at \(place) of \(length)") }
                }
            }
        }
    }

    @Test("blocks of 32 and whatever this processor takes are the same, and none of it reaches beyond its room")
    func blocks() {
        var generator = Lehmer(seed: 3)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for length in 0..<300 {
            var text = (0..<length).map { _ in letters[Int(generator.next() % 64)] }
            if length > 0, length % 3 == 0 { text[Int(generator.next() % UInt64(length))] = generator.bytes(1...1)[0] }
            let room = length / 4 * 3 + 8
            var (wide, narrow) = ([UInt8](repeating: 0xA5, count: room + 8), [UInt8](repeating: 0xA5, count: room + 8))
            let taken = counterfoil_base64_blocks(text, UInt(length), &wide, 0x2D, 0x5F)
            let byThirtyTwo = counterfoil_base64_blocks_of_32(text, UInt(length), &narrow, 0x2D, 0x5F)
            // A bad character ends the block it is in, be that of 32 or of 64.
            let bad = text.firstIndex { !letters.contains($0) } ?? length
            for count in [taken, byThirtyTwo] where count > 0 {
                #expect(count % 4 == 0 && count <= bad && Int(count) > bad - 64)
            }
            let both = Int(min(taken, byThirtyTwo)) / 4 * 3
            #expect(wide[..<both] == narrow[..<both])
            #expect(wide[room...].allSatisfy { $0 == 0xA5 } && narrow[room...].allSatisfy { $0 == 0xA5 })
            for deletes in [0, 1] as [Int32] {
                let special = text.firstIndex {
                    $0 < 0x20 || $0 > 0x7F || $0 == 0x22 || $0 == 0x5C || ($0 == 0x7F && deletes == 1)
                }
                let run = counterfoil_plain_run(text, UInt(length), deletes)
                let short = counterfoil_plain_run_of_32(text, UInt(length), deletes)
                #expect(run <= special ?? length && short <= special ?? length)
                if short > 0 || run > 0 { #expect((special ?? length) - Int(max(run, short)) < 64) }
            }
        }
    }

    enum Outcome: Equatable {
        case bytes([UInt8])
        case refused(Base64Error)
    }

    private static func decoded(_ text: [UInt8], _ isURL: Bool) -> Outcome {
        let buffer = ByteBuffer()
        do throws(Base64Error) {
            if isURL {
                try Base64URL.decode(ByteSlice(text), into: buffer)
            } else {
                try Base64.decode(ByteSlice(text), into: buffer, paddingOptional: true)
            }
            return .bytes(buffer.all.bytes)
        } catch {
            return .refused(error)
        }
    }

    /// RFC 4648 character by character, of whole groups of which all but the one at `place` are letters.
    private static func singly(_ text: [UInt8], _ values: [Int?], changedAt place: Int) -> Outcome {
        guard values[Int(text[place])] != nil else {
            switch text[place] {
            case UInt8(ascii: "="): return .refused(.padding(at: place))
            case 0x09, 0x0A, 0x0D, 0x20: return .refused(.whitespace(at: place))
            default: return .refused(.character(at: place))
            }
        }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: 4) {
            var bits = 0
            for letter in text[start..<start + 4] { bits = bits << 6 | (values[Int(letter)] ?? 0) }
            for shift in [16, 8, 0] { bytes.append(UInt8(bits >> shift & 0xFF)) }
        }
        return .bytes(bytes)
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case 0x22: Array("\\\"".utf8)
        case 0x5C: Array("\\\\".utf8)
        case 0x0A: Array("\\n".utf8)
        case 0x0D: Array("\\r".utf8)
        case 0x09: Array("\\t".utf8)
        case 0x20..<0x7F: [byte]
        case 0x80...: [0xEF, 0xBF, 0xBD]
        default: Array("\\u00".utf8) + [Self.digit(byte >> 4), Self.digit(byte & 15)]
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { Array("0123456789abcdef".utf8)[Int(value)] }
}
