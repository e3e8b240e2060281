import Encoding
import Testing

@testable import Rules

/// The small alphabets of identifiers.
struct WordsTests {
    @Test(
        "a word is 1 to so many letters and digits",
        arguments: [
            ("a", true), ("aZ09", true), (String(repeating: "x", count: 22), true),
            (String(repeating: "x", count: 23), false), ("", false), ("a-b", false), ("a b", false), ("é", false),
            ("a\u{0}", false), ("a_b", false), ("٣", false),
        ]
    )
    func words(_ text: String, _ isWord: Bool) {
        #expect(Words.isWord(ByteSlice(text), maximum: 22) == isWord)
    }

    @Test(
        "a UUID of version 4",
        arguments: [
            ("f47ac10b-58cc-4372-a567-0e02b2c3d479", true), ("F47AC10B-58CC-4372-A567-0E02B2C3D479", true),
            ("f47ac10b-58cc-4372-8567-0e02b2c3d479", true), ("f47ac10b-58cc-4372-b567-0e02b2c3d479", true),
            ("f47ac10b-58cc-1372-a567-0e02b2c3d479", false), ("f47ac10b-58cc-4372-c567-0e02b2c3d479", false),
            ("f47ac10b58cc4372a5670e02b2c3d479", false), ("{47ac10b-58cc-4372-a567-0e02b2c3d479", false),
            ("f47ac10b-58cc-4372-a567-0e02b2c3d47", false), ("f47ac10b-58cc-4372-a567-0e02b2c3d4790", false),
            ("g47ac10b-58cc-4372-a567-0e02b2c3d479", false), ("", false),
        ]
    )
    func uuids(_ text: String, _ isUUID: Bool) {
        #expect(Words.isUUIDv4(ByteSlice(text)) == isUUID)
    }

    @Test("exactly the controls, separators and bidirectional marks are controls")
    func controls() {
        let controls: [ClosedRange<UInt32>] = [0...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069]
        for value in (0 as UInt32)...0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let expected = controls.contains { $0.contains(value) }
            #expect(Words.hasControl(ByteSlice("a\(Character(scalar))b")) == expected, "U+\(String(value, radix: 16))")
        }
    }
}
