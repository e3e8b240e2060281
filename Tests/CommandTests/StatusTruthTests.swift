import Encoding
import Testing

/// What `status` says of an installation must be so: for each state the exit code of `--check`, and the JSON.
@Suite("Status truth")
struct StatusTruthTests {
    @Test("a state of the installation, its exit code and its JSON", arguments: StatusRow.all)
    func truth(_ row: StatusRow) throws {
        let site = try Site(row.changes)
        try row.prepare(site)
        let time = Timestamp.rfc3339(Site.now + row.after)
        let check = try site.run("status", "--check", "--as-of", time)
        #expect(check.code == row.code, "\(check.output)\(check.errors)")
        let words = ["OK - ", "WARNING - ", "CRITICAL - ", "UNKNOWN - "]
        #expect(check.output.hasPrefix(words[Int(row.code)]), "\(check.output)")
        #expect(check.output.split(separator: "\n").count == 1)
        let json = try site.run("status", "--json", "--as-of", time)
        let golden = try Self.golden(json.output)
        #expect(golden == row.golden, "\(golden)")
    }

    @Test("there are thirty of them at least, each another")
    func count() {
        #expect(StatusRow.all.count >= 30)
        #expect(Set(StatusRow.all.map(\.testDescription)).count == StatusRow.all.count)
    }

    /// The members of the JSON that tell states apart, in one line; parts that are well are left out.
    private static func golden(_ text: String) throws -> String {
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(text.split(separator: "\n").first.map(String.init) ?? ""))
        let root = document.root
        if let error = root["error"]?.text?.string { return "error \(error) exit \(root["exit"]?.integer ?? -1)" }
        var words = [root["status"]?.text?.string ?? "?"]
        for name in ["keys", "spool", "ledger"] {
            guard let part = root[name], !part.isNull else {
                words.append("\(name)=null")
                continue
            }
            if let status = part["status"]?.text?.string, status != "ok" { words.append("\(name)=\(status)") }
        }
        for name in ["stale", "unusable", "held", "never", "unreached"] {
            let count = root["keys"]?["sources"]?[name]?.integer ?? 0
            if count > 0 { words.append("\(name)=\(count)") }
        }
        let total = root["keys"]?["sources"]?["total"]?.integer ?? 0
        let classes = root["keys"]?["classes"]?.elements.map { $0["total"]?.integer ?? 0 } ?? []
        if classes.reduce(0, +) != total { words.append("the classes do not add up") }
        for concern in root["concerns"]?.elements.map({ $0 }) ?? [] {
            let part = concern["part"]?.text?.string ?? "?"
            let status = concern["status"]?.text?.string ?? "?"
            words.append("[\(part) \(status)]")
        }
        return words.joined(separator: " ")
    }
}
