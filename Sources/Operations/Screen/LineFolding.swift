/// Lines broken where a terminal is too narrow for them, so that it breaks none within a word or a figure.
package enum LineFolding {
    /// The lines of `text`, none wider than `width` places where its words allow.
    ///
    /// Columns move closer where that is enough. Else a line is broken between columns where one begins in its right
    /// half, else between words, never between a number and its unit. What follows stands under the last column that
    /// begins in the line's left third, or two places further in than the line. Colours take no place.
    package static func fold(_ text: String, width: Int) -> String {
        guard width > 32 else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            TextTable.width(String(line)) <= width ? String(line) : broken(line, width)
        }
        .joined(separator: "\n")
    }

    /// A word with the spaces before it.
    private struct Word {
        var spaces: Int
        var text: String
        /// Places the word takes without its spaces.
        var width: Int
    }

    private static let units: Set = [
        "ms", "s", "min", "h", "d", "B", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "ago",
    ]

    private static func broken(_ line: Substring, _ width: Int) -> String {
        let words = words(line)
        let closer = words.enumerated().map {
            $0 > 0 && $1.spaces > 2 ? Word(spaces: 2, text: $1.text, width: $1.width) : $1
        }
        if places(closer) <= width { return text(closer) }
        let indent = indent(words, width / 3)
        var lines: [[Word]] = []
        var current: [Word] = []
        for word in words {
            current.append(word)
            while current.count > 1, places(current) > width {
                let column = columns(current).last { $0.place > width / 2 && $0.place <= width }
                let cut = column?.index ?? current.count - 1
                lines.append(Array(current[..<cut]))
                current = Array(current[cut...])
                current[0].spaces = indent
            }
        }
        return (lines + [current]).map { text($0) }.joined(separator: "\n")
    }

    private static func text(_ words: [Word]) -> String {
        words.map { String(repeating: " ", count: $0.spaces) + $0.text }.joined()
    }

    private static func words(_ line: Substring) -> [Word] {
        var words: [Word] = []
        var rest = line
        while !rest.isEmpty {
            let spaces = rest.prefix { $0 == " " }
            let text = rest.dropFirst(spaces.count).prefix { $0 != " " }
            rest = rest.dropFirst(spaces.count + text.count)
            let width = TextTable.width(String(text))
            if spaces.count == 1, let last = words.indices.last, isUnit(text, of: words[last].text) {
                words[last].text += " \(text)"
                words[last].width += 1 + width
            } else {
                words.append(Word(spaces: spaces.count, text: String(text), width: width))
            }
        }
        return words
    }

    private static func isUnit(_ text: Substring, of figure: String) -> Bool {
        let unit = String(text.prefix { $0.isLetter })
        return units.contains(unit) && (figure.last?.isNumber == true || unit == "ago")
    }

    private static func places(_ words: [Word]) -> Int { words.reduce(0) { $0 + $1.spaces + $1.width } }

    /// The words, but for the first, that begin a column, with the place where they begin.
    private static func columns(_ words: [Word]) -> [(index: Int, place: Int)] {
        var columns: [(index: Int, place: Int)] = []
        var place = 0
        for (index, word) in words.enumerated() {
            if index > 0, word.spaces > 1 { columns.append((index, place + word.spaces)) }
            place += word.spaces + word.width
        }
        return columns
    }

    private static func indent(_ words: [Word], _ limit: Int) -> Int {
        columns(words).last { $0.place <= limit }?.place ?? (words.first?.spaces ?? 0) + 2
    }
}
