import Crypto
import Encoding
import OpenBanking
import Operations

/// A result that was given, as people read it: what was decided, why, on which keys, what to do.
enum StoredResultScreen {
    static func text(_ result: StoredResult) -> String {
        var lines = [head(result)]
        for finding in result.findings { lines += text(finding) }
        lines += facts(result)
        lines.append("What to do: \(remedy(result))")
        if let code = result.code, let finding = result.deciding {
            lines += TPPNotice.lines(
                code: code,
                rule: word(finding["rule"]),
                message: word(finding["message"]),
                source: word(finding["source"]),
                remedy: word(finding["remedy"])
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the ledger remembers of a result whose file is no longer there.
    static func text(_ digest: SHA256Digest, _ prior: PriorResult) -> String {
        var table = TextTable(columns: [.left, .left], indent: 2)
        table.add(["request", "sha256 \(digest.hex)"])
        table.add(["decided", Timestamp.rfc3339(prior.decidedAt)])
        if let clientID = prior.clientID { table.add(["client", Printable.text(clientID)]) }
        table.add(["result", prior.resultName + (prior.line.map { ", line \($0)" } ?? "")])
        return "\(prior.resultName)   \(prior.outcome.rawValue.uppercased())   (as the ledger remembers it)\n"
            + table.text
            + "What to do: the result file was taken away; explain the input instead, it lies in archive/ of that day\n"
    }

    private static func head(_ result: StoredResult) -> String {
        let code = result.code.map { "   \($0)" } ?? ""
        let decided = result.evidence("decided_at")?.integer.map { "decided \(Timestamp.rfc3339($0))" } ?? "decided"
        let snapshot = result.evidence("snapshot")?.integer.map { ", keys as of snapshot \($0)" } ?? ""
        let place = Printable.text(result.place, limit: 400)
        return "\(place)   \(result.outcome.rawValue.uppercased())\(code)   (\(decided)\(snapshot))"
    }

    private static func text(_ finding: JSONValue) -> [String] {
        let kind =
            switch word(finding["severity"]) {
            case "error": "FAIL"
            case "deferral": "WAIT"
            case "warning": "warn"
            default: "note"
            }
        let value = finding["value"].map { ": \(word($0))" } ?? ""
        return [
            "  \(word(finding["rule"])) \(kind)   \(word(finding["message"]))\(value)",
            "               source  \(word(finding["source"]))", "               remedy  \(word(finding["remedy"]))",
        ]
    }

    private static func facts(_ result: StoredResult) -> [String] {
        var table = TextTable(columns: [.left, .left], indent: 2)
        table.add(["request", "sha256 \(result.digest)"])
        if let source = result.root["source"] {
            table.add(["came as", word(source["file"]) + (source["line"]?.integer.map { ", line \($0)" } ?? "")])
        }
        if let reference = result.text("ref") { table.add(["ref", reference]) }
        if let clientID = result.clientID { table.add(["client", clientID]) }
        if result.isSealed { table.add(["response", "sealed; its recipient opens it: counterfoil results open"]) }
        if let prior = result.root["duplicate_of"] {
            let line = prior["line"]?.integer.map { ", line \($0)" } ?? ""
            table.add(["first answer", "\(word(prior["outcome"])), \(word(prior["result"]))\(line)"])
        }
        if let kid = result.evidence("directory_kid") { table.add(["directory key", "kid \(word(kid))"]) }
        if let kid = result.evidence("request_kid") { table.add(["software key", "kid \(word(kid))"]) }
        if let time = result.evidence("keys_fetched_at")?.integer {
            table.add(["keys fetched", Timestamp.rfc3339(time)])
        }
        if let print = result.evidence("certificate_sha256") { table.add(["certificate", "sha256 \(word(print))"]) }
        result.root["relaxations"]?.forEachElement { relaxation in
            let time = relaxation["judged_at"]?.integer.map { Timestamp.rfc3339($0) } ?? ""
            table.add(["relaxed", "\(word(relaxation["rule"])) as of \(time): \(word(relaxation["message"]))"])
        }
        return table.text.split(separator: "\n").map(String.init)
    }

    private static func remedy(_ result: StoredResult) -> String {
        switch result.outcome {
        case .accepted: "nothing; it was accepted"
        case .duplicate: "nothing; see the first answer"
        case .rejected, .malformed: result.deciding.map { word($0["remedy"]) } ?? "see the findings"
        case .deferred: "it waits for keys (counterfoil status --missing) and is tried again by itself"
        }
    }

    private static func word(_ value: JSONValue?) -> String { value?.text.map { Printable.text($0, limit: 600) } ?? "" }
}
