/// Where a call changes something, told without the names that differ from file to file and from run to run.
enum CallPlace {
    /// `spool/results/day/*.outcome.json` for the path of any request's result below `root`.
    static func of(_ path: Substring, below root: String) -> String {
        guard path.hasPrefix(root) else { return String(path) }
        let parts = path.utf8.dropFirst(root.utf8.count).split(separator: UInt8(ascii: "/"))
        guard let first = parts.first else { return "." }
        let isInSpool = String(Substring(first)) == "spool"
        return parts.map { isInSpool ? partOfSpool($0) : part($0) }.joined(separator: "/")
    }

    private typealias Bytes = Substring.UTF8View

    /// The log of the ledger is what commits are in; all else of a database is one.
    private static func part(_ name: Bytes) -> String {
        let text = String(Substring(name).filter { !$0.isNumber })
        guard text != "ledger.sqlite-wal" else { return text }
        return String(text.prefix { $0 != "-" })
    }

    private static func partOfSpool(_ name: Bytes) -> String {
        let text = String(Substring(name))
        if name.count == 10, name.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "-") }) { return "day" }
        let time = name.dropFirst().prefix { isDigit($0) }
        if let first = name.first, "gd".utf8.contains(first), !time.isEmpty,
            name.dropFirst(1 + time.count).first == UInt8(ascii: "-")
        {
            return text.contains(".part-") ? "part" : "group"
        }
        let words = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // Strikes, and what is on its way to be set aside.
        if words[0].isEmpty { return "." + String(Substring(words[1].prefix { !isDigit($0) })) }
        guard words.count > 1 else { return text }
        // A stem, then what it is of, by hash and line, and last what it is.
        let endings = words.dropFirst().filter { !isHash($0) && !$0.allSatisfy(isDigit) }.map { String(Substring($0)) }
        return "*." + endings.map { likes[$0] ?? $0 }.joined(separator: ".")
    }

    /// Endings that differ in nothing that matters to a crash.
    private static let likes = [
        "accepted": "outcome", "rejected": "outcome", "malformed": "outcome", "duplicate": "outcome",
        "jwt": "json", "jws": "json", "jose": "json",
    ]

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isHash(_ word: Bytes) -> Bool {
        word.count == 16 && word.allSatisfy { isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
    }
}
