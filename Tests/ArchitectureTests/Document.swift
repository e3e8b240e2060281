import Foundation
import Testing

/// One of the project's documents, as its readers see it.
struct Document: CustomTestStringConvertible, Sendable {
    /// The path below the package.
    let path: String
    let text: String

    var testDescription: String { path }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// Text outside of fenced blocks, line by line.
    var prose: [Substring] {
        var isFenced = false
        return lines.filter { line in
            if line.hasPrefix("```") {
                isFenced.toggle()
                return false
            }
            return !isFenced
        }
    }

    /// The lines of the first block fenced as `language`, with the number of its first line.
    func firstBlock(_ language: String) -> (line: Int, lines: [Substring])? {
        guard let start = lines.firstIndex(of: "```\(language)") else { return nil }
        return (start + 1, Array(lines[(start + 1)...].prefix { $0 != "```" }))
    }

    /// Where links lead, as they are written.
    var links: [String] {
        prose.flatMap { line in line.matches(of: #/\]\(([^)\s]+)\)/#).map { String($0.1) } }
    }

    /// The anchors of the headings, as they are made from the headings' words.
    var anchors: Set<String> {
        Set(prose.filter { $0.hasPrefix("#") }.map { Self.anchor($0.drop { $0 == "#" || $0 == " " }) })
    }

    /// The words of the headings.
    var headings: Set<String> {
        Set(prose.filter { $0.hasPrefix("#") }.map { String($0.drop { $0 == "#" || $0 == " " }) })
    }

    /// The cells of the first table under a heading, row by row, without the head.
    func table(under heading: String) -> [[String]] {
        guard let start = lines.firstIndex(where: { $0.hasPrefix("#") && $0.hasSuffix("# \(heading)") }) else {
            return []
        }
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }
        let rows = section.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
        return rows.map { row in
            row.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// A file of the package as a document.
    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOf: SourceTree.root.appending(path: path), encoding: .utf8)
    }

    /// What is written for readers: the notes at the top, docs, and those beside folders.
    static func all() throws -> [Document] {
        let notes = ["README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "spool/README.md"]
        return try (notes + names(in: "docs") + names(in: "docs/howto")).map(Document.init)
    }

    /// The documents in a folder, by their paths below the package.
    private static func names(in folder: String) throws -> [String] {
        let path = SourceTree.root.appending(path: folder).path
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter { $0.hasSuffix(".md") }
            .map { "\(folder)/\($0)" }
    }

    /// Lower case, letters and digits and `-` and `_` kept, spaces become `-`.
    private static func anchor(_ heading: Substring) -> String {
        String(
            heading.lowercased().compactMap { character in
                if character == " " { return "-" }
                return character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
            }
        )
    }
}
