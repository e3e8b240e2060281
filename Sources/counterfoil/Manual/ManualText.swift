/// Text as the macros of mdoc(7) take it.
enum ManualText {
    /// Running text: backslashes as themselves, options with hyphens that can be copied, no line that looks like a
    /// macro.
    static func prose(_ text: some StringProtocol) -> String {
        var escaped = ""
        var previous: Character = " "
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-" where previous == "-" || previous == " " || previous == "(": escaped += "\\-"
            default: escaped.append(character)
            }
            previous = character
        }
        return guarded(escaped)
    }

    /// The same with each sentence on a line of its own, as mdoc wants it; `text` is escaped already.
    static func sentences(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for character in text {
            if character == " ", let end = line.last, ".?!".contains(end) {
                lines.append(guarded(line))
                line = ""
            } else {
                line.append(character)
            }
        }
        return lines + (line.isEmpty ? [] : [guarded(line)])
    }

    /// A line that is typed or read by programs: every hyphen can be copied.
    static func literal(_ line: some StringProtocol) -> String {
        guarded(line.map { $0 == "\\" ? "\\e" : $0 == "-" ? "\\-" : String($0) }.joined())
    }

    /// The lines of a block that keeps its shape.
    static func block(_ lines: [some StringProtocol]) -> [String] {
        [".Bd -literal -offset indent"] + lines.map { literal($0) } + [".Ed"]
    }

    /// An argument of a macro that is one word, never a macro itself.
    static func argument(_ word: String) -> String { "\\&" + literal(word).replacing(" ", with: "\\ ") }

    private static func guarded(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
