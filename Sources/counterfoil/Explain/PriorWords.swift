import Encoding
import OpenBanking
import Pipeline

/// Tells that a request was answered before.
enum PriorWords {
    /// In a line: how, when and where it was answered.
    static func text(_ judged: Judged) -> String {
        guard let prior = judged.answer.prior else { return "the same request stands before it in these files" }
        let client = prior.clientID.map { ", client_id \(Printable.text($0))" } ?? ""
        let line = prior.line.map { ", line \($0)" } ?? ""
        return
            "the same \(prior.match.rawValue) were \(prior.outcome.rawValue) \(Timestamp.rfc3339(prior.decidedAt))\(client) "
            + "(\(Printable.text(prior.resultName, limit: 400))\(line))"
    }

    /// The member `duplicate_of`, for programs; nothing where the request is new.
    static func write(_ judged: Judged, to json: inout JSONWriter) {
        guard let prior = judged.answer.prior else { return }
        json.name("duplicate_of")
        json.beginObject()
        json.member("same", prior.match.rawValue)
        json.member("outcome", prior.outcome.rawValue)
        json.member("client_id", prior.clientID)
        json.member("result", prior.resultName)
        if let line = prior.line { json.member("line", Int64(line)) }
        json.member("decided_at", Timestamp.rfc3339(prior.decidedAt))
        json.endObject()
    }
}
