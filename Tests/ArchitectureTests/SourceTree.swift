import Foundation

/// The source files of the package and what they import, read from the tree itself.
struct SourceTree {
    struct File {
        let target: String
        let path: String
        let lines: [Substring]

        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count else { return nil }
                guard
                    words[..<at].allSatisfy({
                        $0 == "package" || $0.hasPrefix("@") || $0 == "private" || $0 == "internal"
                    })
                else { return nil }
                return words.dropFirst(at + 1).first { !["struct", "class", "enum", "func"].contains($0) }.map {
                    String($0.prefix { $0 != "." })
                }
            }
        }

        /// Lines that are neither blank nor comments.
        var codeLines: Int {
            lines.count { line in
                let text = line.drop { $0 == " " }
                return !text.isEmpty && !text.hasPrefix("//")
            }
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let files: [File]

    init(_ folder: String) throws {
        let base = Self.root.appending(path: folder)
        var found: [File] = []
        let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
        while let url = walk?.nextObject() as? URL {
            guard url.pathExtension == "swift" else { continue }
            let relative = url.path.dropFirst(base.path.count + 1)
            let text = try String(contentsOf: url, encoding: .utf8)
            let target = relative.split(separator: "/").first.map(String.init) ?? ""
            found.append(
                File(
                    target: target,
                    path: String(relative),
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false)
                )
            )
        }
        files = found.sorted { $0.path < $1.path }
    }
}
