@testable import Simulator

/// The ways a claim that is a string is changed, near misses among them.
enum TextChange: String, CaseIterable, Sendable {
    case absent, null, boolean, number, fraction, list, object
    case empty
    case replaced, cut, cased
    case spaced, invisible, lookalike, accented, doubled
    case control, long
    case repeated

    /// What the change does to the meaning of a string of letters and digits.
    enum Kind { case absent, mistyped, empty, other, malformed, control, long, repeated }

    var kind: Kind {
        switch self {
        case .absent: .absent
        case .null, .boolean, .number, .fraction, .list, .object: .mistyped
        case .empty: .empty
        case .replaced, .cut, .cased: .other
        case .spaced, .invisible, .lookalike, .accented, .doubled: .malformed
        case .control: .control
        case .long: .long
        case .repeated: .repeated
        }
    }

    /// Changes the claim `name`, whose value must be a string.
    func apply(to members: inout DraftMembers, _ name: String, _ random: inout RandomSource) {
        guard case .text(let text)? = members[name] else { return }
        switch self {
        case .absent: members[name] = nil
        case .null: members[name] = .null
        case .boolean: members[name] = .bool(random.next() & 1 == 0)
        case .number: members[name] = .number(random.number(-5..<5_000_000_000))
        case .fraction: members[name] = .raw("\(random.number(0..<99)).\(random.number(1..<10))")
        case .list: members[name] = .list([.text(text)])
        case .object: members[name] = .object(["value": .text(text)])
        case .repeated: members.append(name, .text(text))
        default: members[name] = .text(changed(text, &random))
        }
    }

    /// Another string, never the same.
    func changed(_ text: String, _ random: inout RandomSource) -> String {
        switch self {
        case .empty: ""
        case .replaced: Self.replacing(text, &random)
        case .cut: String(text.dropLast())
        case .cased: Self.swapped(text)
        case .spaced: [text + " ", " " + text].randomElement(using: &random) ?? " "
        case .invisible: text + (["\u{200B}", "\u{AD}", "\u{FEFF}"].randomElement(using: &random) ?? "\u{200B}")
        case .lookalike: "\u{430}" + text.dropFirst()
        case .accented: text + "\u{301}"
        case .doubled: text + text
        case .control: text + (["\u{1}", "\u{202E}", "\n", "\u{7F}"].randomElement(using: &random) ?? "\u{1}")
        case .long: String(repeating: "a", count: Int(random.number(2_049..<3_000)))
        default: text
        }
    }

    /// Every letter in the other case.
    static func swapped(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isLetter = (0x41...0x5A).contains(scalar.value & ~0x20)
                    return isLetter ? Unicode.Scalar(UInt8(scalar.value ^ 0x20)) : scalar
                }
            )
        )
    }

    /// One letter or digit is another, not the same in another case.
    private static func replacing(_ text: String, _ random: inout RandomSource) -> String {
        var letters = Array(text)
        let places = letters.indices.filter { letters[$0].isLetter || letters[$0].isNumber }
        guard let place = places.randomElement(using: &random) else { return text + "x" }
        let old = letters[place]
        while letters[place].lowercased() == old.lowercased() { letters[place] = Character(random.word(1)) }
        return String(letters)
    }
}
