package import Encoding

/// The first result of a request that came again (rules ).
package struct PriorResult: Sendable, Equatable {
    /// What made the two the same.
    package enum Match: String, Sendable {
        case bytes
        case jti = "iss and jti"
    }

    package var match: Match
    package var outcome: Outcome
    package var clientID: String?
    /// The result file that holds it; for bulk with the line.
    package var resultName: String
    package var line: Int?
    package var decidedAt: UnixTime

    package init(
        match: Match,
        outcome: Outcome,
        clientID: String?,
        resultName: String,
        line: Int?,
        decidedAt: UnixTime
    ) {
        self.match = match
        self.outcome = outcome
        self.clientID = clientID
        self.resultName = resultName
        self.line = line
        self.decidedAt = decidedAt
    }

    func write(to json: inout JSONWriter) {
        json.name("duplicate_of")
        json.beginObject()
        json.member("same", match.rawValue)
        json.member("outcome", outcome.rawValue)
        if let clientID { json.member("client_id", clientID) }
        json.member("result", resultName)
        if let line { json.member("line", Int64(line)) }
        json.member("decided_at", decidedAt)
        json.endObject()
    }
}
