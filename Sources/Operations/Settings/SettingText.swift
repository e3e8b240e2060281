/// A setting's value as the configuration file writes it.
package enum SettingText: Hashable, Sendable {
    /// A number, a boolean, or a word: written without quotes unless YAML could misread it.
    case plain(String)
    /// Free text: written without quotes when it is harmless.
    case text(String)
    case list([SettingText])
    case map([Pair])

    /// One entry of a map.
    package struct Pair: Hashable, Sendable {
        /// The key, unquoted.
        package let key: String
        /// Its value.
        package let value: SettingText
    }

    /// The value on one line of YAML.
    package var yaml: String {
        switch self {
        case .plain(let word): word
        case .text(let text): Self.quoted(text)
        case .list(let items): "[" + items.map(\.yaml).joined(separator: ", ") + "]"
        case .map(let pairs):
            "{" + pairs.map { "\(Self.quoted($0.key)): \($0.value.yaml)" }.joined(separator: ", ") + "}"
        }
    }

    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "~"]

    private static func quoted(_ text: String) -> String {
        let harmless = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "/._-:+ ".utf8.contains(byte)
            }
        }
        let first = text.utf8.first ?? 0
        let starts = "/._".utf8.contains(first) || (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(first)
        if harmless, starts, !reserved.contains(text.lowercased()), !text.contains(": "), !text.hasSuffix(":"),
            !text.hasSuffix(" ")
        {
            return text
        }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case _ where scalar.properties.generalCategory == .control: "\\u" + Self.hex4(scalar.value)
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }

    private static func hex4(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
