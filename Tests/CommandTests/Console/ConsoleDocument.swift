import Foundation
import Testing

/// A document whose console blocks are run, and the place they are run in.
struct ConsoleDocument: CustomTestStringConvertible, Sendable {
    /// The path below the package.
    let path: String
    /// Makes the place; nil for an empty folder.
    let site: (@Sendable () throws -> Site)?
    /// Commands that are not run here, for `.ci/run` runs them: they are what runs this.
    var elsewhere: Set<String> = []

    init(_ path: String, _ site: (@Sendable () throws -> Site)?, elsewhere: Set<String> = []) {
        self.path = path
        self.site = site
        self.elsewhere = elsewhere
    }

    var testDescription: String { path }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Those that want another place than a small installation of today.
    private static let special = [
        ConsoleDocument("README.md", ConsoleSite.refreshed, elsewhere: ["make demo", "make test"]),
        ConsoleDocument("docs/tutorial-first-batch.md", nil),
    ]

    /// Every document that shows a terminal, but for the one whose blocks are of two machines (`AirGapTests`).
    static let all: [ConsoleDocument] = {
        let showing = (try? paths().filter { try text($0).contains("```console") }) ?? []
        return showing.filter { $0 != AirGapSite.document }.map { path in
            special.first { $0.path == path } ?? ConsoleDocument(path, ConsoleSite.refreshed)
        }
    }()

    /// The documents there are: beside the package's manifest, in `docs`, and below.
    static func paths() throws -> [String] {
        var paths = try names("").filter { $0.hasSuffix(".md") }
        for folder in ["docs", "docs/howto"] {
            paths += try names(folder).filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
        }
        return paths
    }

    static func text(_ path: String) throws -> String { try TemporaryFolder.text(at: root.appending(path: path).path) }

    /// The texts of the blocks fenced as `language`, each with the line it begins at.
    static func blocks(_ language: String, of text: String) -> [(line: Int, text: String)] {
        var blocks: [(line: Int, text: String)] = []
        var current: (line: Int, text: String)?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let block = current {
                if line == "```" { blocks.append(block) }
                current = line == "```" ? nil : (block.line, block.text + line + "\n")
            } else if line == "```\(language)" {
                current = (index + 2, "")
            }
        }
        return blocks
    }

    private static func names(_ folder: String) throws -> [String] {
        let path = root.appending(path: folder).path
        return FileManager.default.fileExists(atPath: path)
            ? try FileManager.default.contentsOfDirectory(atPath: path).sorted() : []
    }
}
