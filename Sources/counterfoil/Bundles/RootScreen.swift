import Bundle
import Crypto
import Encoding
import Operations

/// What is said of a root.
enum RootScreen {
    static func tell(_ root: RootFile, previous: RootFile?, path: String, asJSON: Bool) {
        guard !asJSON else { return StandardOutput.line(json(root, previous, path)) }
        var lines = [
            "root \(root.version) of \(root.repository): \(path)",
            "  expires   \(Timestamp.rfc3339(root.expires))",
            "  signed    \(root.signed) of \(root.threshold) needed (its own \(root.rootKeys.count) root keys)",
        ]
        if let previous {
            let count = root.signed(by: previous)
            lines.append(
                "            \(count) of \(previous.threshold) needed (root \(previous.version)'s \(previous.rootKeys.count))"
            )
        }
        for id in root.rootKeys.keys.sorted() { lines.append("  root key  \(id)") }
        for key in root.exporterKeys { lines.append("  exporter  \(RootFile.id(of: key)) (\(key.scheme.rawValue))") }
        lines.append("  sha256    \(root.sha256.hex)")
        if isComplete(root, previous) {
            lines.append("It is complete: pin this SHA-256 at each site that begins with it.")
        }
        StandardOutput.show(lines.joined(separator: "\n") + "\n")
    }

    private static func isComplete(_ root: RootFile, _ previous: RootFile?) -> Bool {
        let isKnown = previous.map { root.signed(by: $0) >= $0.threshold } ?? (root.version == 1)
        return root.signed >= root.threshold && isKnown
    }

    private static func json(_ root: RootFile, _ previous: RootFile?, _ path: String) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "root")
        json.member("file", path)
        json.member("repository", root.repository)
        json.member("version", root.version)
        json.member("expires", Timestamp.rfc3339(root.expires))
        json.member("signed", root.signed)
        json.member("threshold", root.threshold)
        json.member("root_keys", root.rootKeys.keys.sorted())
        json.member("exporter_keys", root.exporterKeys.map { RootFile.id(of: $0) })
        json.member("complete", isComplete(root, previous))
        json.member("sha256", root.sha256.hex)
        json.endObject()
        return buffer
    }
}
