@testable import Simulator

/// Makes another value of a claim's value, at random.
enum ClaimMutator {
    static func mutate(_ value: DraftValue, _ random: inout RandomSource) -> DraftValue? {
        switch random.number(0..<16) {
        case 0: nil
        case 1: .null
        case 2: .bool(random.next() & 1 == 0)
        case 3: .number(Int64(bitPattern: random.next()))
        case 4: .number(Stage.now + random.number(-5000..<5000))
        case 5: .raw("\(random.number(0..<9)).\(random.number(0..<99))e\(random.number(-3..<40))")
        case 6: ""
        case 7: .text(random.word(Int(random.number(1..<300))))
        case 8: .object(["a": value])
        case 9: .list([])
        case 10: .list([value])
        case 11: .list([value, "extra"])
        case 12: .text("\u{1}\u{202E}")
        default: nearby(value, &random)
        }
    }

    /// A value of the same type that differs in one place.
    private static func nearby(_ value: DraftValue, _ random: inout RandomSource) -> DraftValue {
        switch value {
        case .number(let number): .number(number &+ random.number(-200..<200))
        case .list(let values): list(values, &random)
        case .text(let text): .text(self.text(text, &random))
        default: value
        }
    }

    private static func list(_ values: [DraftValue], _ random: inout RandomSource) -> DraftValue {
        var values = values
        guard let place = values.indices.randomElement(using: &random) else { return .list(["x"]) }
        switch random.number(0..<4) {
        case 0: values.remove(at: place)
        case 1: values.append(values[place])
        case 2: values.shuffle(using: &random)
        default: values[place] = nearby(values[place], &random)
        }
        return .list(values)
    }

    private static func text(_ text: String, _ random: inout RandomSource) -> String {
        var characters = Array(text)
        guard let place = characters.indices.randomElement(using: &random) else { return "x" }
        switch random.number(0..<6) {
        case 0: return text.uppercased()
        case 1: return text + " "
        case 2: return String(text.dropFirst())
        case 3: return text + text
        case 4:
            characters[place] = characters[place] == "x" ? "y" : "x"
            return String(characters)
        default: return text.split(separator: " ").reversed().joined(separator: " ")
        }
    }
}
