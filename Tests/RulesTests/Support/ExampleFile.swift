import Foundation

/// The example configuration, which lists every setting there is.
enum ExampleFile {
    /// Every setting and section by its path, such as `policy.profile`.
    static func paths() throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "etc/counterfoil.example.yaml"), encoding: .utf8)
        var paths: Set<String> = []
        var open: [String] = []
        for line in text.split(separator: "\n") {
            let depth = line.prefix { $0 == " " }.count / 2
            let content = line.drop { $0 == " " }
            guard content.first != "#", let colon = content.firstIndex(of: ":") else { continue }
            open = open.prefix(depth) + [String(content[..<colon])]
            paths.insert(open.joined(separator: "."))
        }
        return paths
    }
}
