import Foundation
import Testing

@Suite("Documents")
struct DocumentTests {
    @Test("the README opens with the two commands")
    func readmeOpensWithTheCommands() throws {
        let readme = try Document("README.md")
        let block = try #require(readme.firstBlock("console"))
        #expect(block.line <= 10, "the block begins at line \(block.line)")
        let commands = block.lines.map { $0.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces) }
        #expect(commands == ["$ make demo", "$ make test"])
    }

    @Test("the README is quiet")
    func readmeIsShort() throws {
        #expect(try Document("README.md").lines.count <= 150)
    }

    @Test("no line is wider than 120 columns", arguments: try Document.all())
    func linesFit(_ document: Document) {
        // A row of a table is one line in Markdown; these documents are mostly tables of sentences.
        let areTables = ["docs/RULES.md", "docs/THREAT-MODEL.md", "docs/COMPARISON.md"].contains(document.path)
        for (index, line) in document.lines.enumerated() where !areTables || !line.hasPrefix("|") {
            #expect(line.count <= 120, "\(document.path):\(index + 1)")
        }
    }

    @Test("every relative link leads to a file, and to a heading in it", arguments: try Document.all())
    func linksResolve(_ document: Document) throws {
        let folder = SourceTree.root.appending(path: document.path).deletingLastPathComponent()
        for link in document.links where !link.hasPrefix("https://") {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let file = parts[0].isEmpty ? URL(filePath: document.path).lastPathComponent : String(parts[0])
            let target = folder.appending(path: file).standardizedFileURL
            #expect(FileManager.default.fileExists(atPath: target.path), "\(document.path): \(link)")
            guard parts.count == 2 else { continue }
            let path = target.path.dropFirst(SourceTree.root.standardizedFileURL.path.count + 1)
            #expect(try Document(String(path)).anchors.contains(String(parts[1])), "\(document.path): \(link)")
        }
    }

    @Test("absolute paths are those of an installation, never of one machine", arguments: try Document.all())
    func pathsAreOfAnInstallation(_ document: Document) {
        let known: Set<Substring> = ["etc", "var", "usr", "run", "keystore", "register", "metrics"]
        for line in document.lines {
            for match in line.matches(of: #/(?:^|[\s`"'(=])\/([A-Za-z][\w-]*)/#) {
                #expect(known.contains(match.1), "\(document.path): \(line)")
            }
        }
    }

    @Test("documents tell of the product, not of how they came about", arguments: try Document.all())
    func wordsAreOfTheProduct(_ document: Document) {
        let foreign = #/\b(helper|session|agent|prompt)s?\b/#.ignoresCase()
        for line in document.lines { #expect(!line.contains(foreign), "\(document.path): \(line)") }
    }

    @Test("every subcommand the README names is a file of the executable")
    func subcommandsExist() throws {
        let named = Set(try Document("README.md").text.matches(of: #/`counterfoil ([a-z]+)/#).map { String($0.1) })
        #expect(!named.isEmpty)
        let files = Set(
            try SourceTree("Sources").files.filter { $0.target == "counterfoil" }
                .map { URL(filePath: $0.path).deletingPathExtension().lastPathComponent.lowercased() }
        )
        for name in named.sorted() {
            let exists = files.contains(name) || files.contains("\(name)command")
            #expect(exists, "counterfoil \(name)")
        }
    }

    @Test("the suites that stand behind the threat model exist")
    func suitesBehindTheThreatModel() throws {
        let text = try Document("docs/THREAT-MODEL.md").text
        let named = Set(text.matches(of: #/\b\w+Tests\b/#).map { String($0.0) })
        #expect(named.count > 20)
        let tests = try SourceTree("Tests").files.flatMap(\.lines)
        for name in named.sorted() {
            let isThere = tests.contains { $0.hasSuffix("struct \(name) {") }
            #expect(isThere, "\(name)")
        }
    }

    @Test("documents and sections that sources point to exist")
    func sourcesPointToSections() throws {
        for file in try SourceTree("Sources").files {
            for line in file.lines where line.contains("docs/") {
                for match in line.matches(of: #/docs/([A-Z]+\.md)(?:, "?([A-Za-z_]+))?/#) {
                    let document = try Document("docs/\(match.1)")
                    guard let section = match.2 else { continue }
                    #expect(document.headings.contains(String(section)), "\(file.path): \(line)")
                }
            }
        }
    }
}
