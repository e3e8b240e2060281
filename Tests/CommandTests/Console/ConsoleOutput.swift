import Foundation

/// What a document shows of an output, compared with the output.
enum ConsoleOutput {
    /// Whether `lines` are what is shown.
    ///
    /// `…` stands for any text within a line; a line of `…` alone for any number of lines, also none. Blanks at the end
    /// of a line do not count.
    static func matches(_ lines: [String], shown: [String]) -> Bool {
        matches(lines.map(trimmed)[...], shown.map(trimmed)[...])
    }

    /// The lines of an output, without an empty one behind the last line end.
    static func lines(of output: String) -> [String] {
        var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func matches(_ lines: ArraySlice<String>, _ shown: ArraySlice<String>) -> Bool {
        guard let first = shown.first else { return lines.isEmpty }
        let rest = shown.dropFirst()
        if first == "…" { return (0...lines.count).contains { matches(lines.dropFirst($0), rest) } }
        guard let line = lines.first, matches(line, first) else { return false }
        return matches(lines.dropFirst(), rest)
    }

    private static func matches(_ line: String, _ shown: String) -> Bool {
        let parts = shown.components(separatedBy: "…")
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return line == shown }
        guard line.count >= first.count + last.count, line.hasPrefix(first), line.hasSuffix(last) else { return false }
        var rest = line.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.range(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while let last = line.last, last == " " || last == "\t" || last == "\r" { line.removeLast() }
        return String(line)
    }
}
