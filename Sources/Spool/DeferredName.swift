/// The name of a request that waits for keys: `<stem>.<h16>[.<line>].<ending>`.
///
/// A single waits as the file that came; a line of a batch waits as a record of its own, so that the batch can be
/// complete.
package struct DeferredName: Hashable, Sendable, CustomStringConvertible {
    /// The stem of the file the request came in.
    package let stem: String
    /// The first 16 hexadecimal digits of the SHA-256 that names its results.
    package let h16: String
    /// The line of the batch (1 is the first); nil for a single.
    package let line: Int?
    /// The ending, with its dot: `.json` for a record.
    package let ending: String

    /// The name in the deferred folder.
    package var description: String { line.map { "\(stem).\(h16).\($0)\(ending)" } ?? "\(stem).\(h16)\(ending)" }

    /// The name of a single that waits.
    package init(single name: InputName, h16: String) {
        self.init(stem: name.stem, h16: h16, line: nil, ending: String(name.name.dropFirst(name.stem.count)))
    }

    /// The name of a line that waits.
    package init(stem: String, h16: String, line: Int) { self.init(stem: stem, h16: h16, line: line, ending: ".json") }

    private init(stem: String, h16: String, line: Int?, ending: String) {
        self.stem = stem
        self.h16 = h16
        self.line = line
        self.ending = ending
    }

    /// Reads a name found in the deferred folder; nil when we did not give it.
    package init?(_ text: String) {
        guard SpoolLayout.isOurs(text) else { return nil }
        var parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, let ending = parts.popLast(), Self.endings.contains(ending) else { return nil }
        var line: Int?
        if let last = parts.last, !Self.isHash(last), let number = Int(last), number > 0, String(number) == last {
            line = number
            parts.removeLast()
        }
        guard let h16 = parts.popLast(), Self.isHash(h16), let first = parts.first, !first.isEmpty else { return nil }
        guard line == nil || ending == "json" else { return nil }
        self.init(stem: parts.joined(separator: "."), h16: String(h16), line: line, ending: ".\(ending)")
    }

    /// The name of the result this request ends with.
    package func result(outcome: String) -> String {
        line.map { SpoolLayout.result(stem: stem, h16: h16, line: $0, outcome: outcome) }
            ?? SpoolLayout.result(stem: stem, h16: h16, outcome: outcome)
    }

    /// What waits: a single or a record.
    package var kind: InputName.Kind { ending == ".json" ? .record : .single }

    /// The name of what may lie beside this file: its certificate.
    var companion: String? { kind == .single ? certificate : nil }

    /// The name its certificate waits under.
    var certificate: String { "\(stem).\(h16).pem" }

    private static let endings: Set<Substring> = ["jwt", "jws", "jose", "json"]

    private static func isHash(_ text: Substring) -> Bool {
        text.utf8.count == 16
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
