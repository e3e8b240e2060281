/// Lines broken between words where a terminal is too narrow for them, so that it breaks none within one.
enum LineFolding {
    /// The lines of `text`, none wider than `width` places where its words allow.
    ///
    /// What follows a break stands `indent` places in. Colours take no place.
    static func fold(_ text: String, width: Int, indent: Int) -> String {
        guard width > indent + 20 else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            TextTable.width(String(line)) <= width ? String(line) : broken(line, width, indent)
        }
        .joined(separator: "\n")
    }

    private static func broken(_ line: Substring, _ width: Int, _ indent: Int) -> String {
        var lines: [String] = []
        var current = ""
        // Words and the spaces before them, which go where the line is broken.
        var rest = line[...]
        while !rest.isEmpty {
            let spaces = rest.prefix { $0 == " " }
            let word = rest.dropFirst(spaces.count).prefix { $0 != " " }
            rest = rest.dropFirst(spaces.count + word.count)
            let longer = current + spaces + word
            if TextTable.width(longer) > width, current.contains(where: { $0 != " " }) {
                lines.append(current)
                current = String(repeating: " ", count: indent) + word
            } else {
                current = longer
            }
        }
        return (lines + [current]).joined(separator: "\n")
    }
}
