import Encoding
import Glibc
import OpenBanking
import Operations

/// The result files as a consumer finds them: the last outcome of each request, by its `ref`.
struct DemoResults {
    struct Entry {
        var outcome: Outcome
        var rules: Set<RuleID>
    }

    private(set) var last: [String: Entry] = [:]
    private(set) var duplicates = 0
    private var ids: Set<String> = []
    private var issued = 0

    var clientIDs: (issued: Int, distinct: Int) { (issued, ids.count) }

    /// Reads every result below the folder's spool.
    static func read(_ folder: DemoFolder) throws(Failure) -> DemoResults {
        var results = DemoResults()
        let base = "\(folder.path)/spool/results"
        for day in names(base) {
            for name in names("\(base)/\(day)") where !name.hasSuffix(".summary.json") {
                try results.take("\(base)/\(day)/\(name)", name)
            }
        }
        return results
    }

    private mutating func take(_ path: String, _ name: String) throws(Failure) {
        let bytes: [UInt8]
        do throws(FileBytes.Fault) {
            bytes = try FileBytes.read(path, limit: 1 << 30)
        } catch {
            throw Failure(
                UserMessage(path, "cannot be read: \(error)", remedy: "look at the file"),
                name: "demo",
                .unexpected
            )
        }
        let document = JSONDocument(limits: .record)
        let text = ByteSlice(bytes)
        var start = 0
        while start < text.count {
            let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
            take(text[start..<end], document, stem: String(name.prefix { $0 != "." }))
            start = end + 1
        }
    }

    private mutating func take(_ line: ByteSlice, _ document: JSONDocument, stem: String) {
        do throws(JSONError) {
            try document.parse(line)
        } catch {
            last["unreadable result"] = Entry(outcome: .malformed, rules: [])
            return
        }
        let root = document.root
        guard let outcome = root["outcome"]?.text.flatMap({ Outcome(rawValue: $0.string) }) else { return }
        if outcome == .duplicate {
            duplicates += 1
            return
        }
        if let id = root["response"]?["client_id"]?.text {
            issued += 1
            ids.insert(id.string)
        }
        var rules: Set<RuleID> = []
        root["findings"]?.forEachElement { finding in
            guard let severity = finding["severity"]?.text, severity.equals("error") || severity.equals("deferral")
            else { return }
            if let rule = finding["rule"]?.text {
                RuleID(name: rule.string).map { _ = rules.insert($0) }
            }
        }
        let reference = root["ref"]?.text?.string ?? stem
        if outcome == .deferred, last[reference] != nil { return }
        last[reference] = Entry(outcome: outcome, rules: rules)
    }

    private static func names(_ path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var found: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
            }
            if !name.hasPrefix(".") { found.append(name) }
        }
        return found.sorted()
    }
}
