/// A registration request before it is signed, with the software statement inside it still a draft too.
package struct RequestDraft: Sendable {
    /// The request; the claim `software_statement` is ``DraftValue/signedStatement`` until it is signed.
    package var token: TokenDraft
    /// The software statement.
    package var statement: StatementDraft
    /// The transport certificate presented with it, as PEM; nil presents none.
    package var certificate: String?
    /// The other members of its record.
    package var record: DraftMembers

    /// The request's protected header.
    package var header: DraftMembers {
        get { token.header }
        set { token.header = newValue }
    }

    /// The request's claims.
    package var claims: DraftMembers {
        get { token.claims }
        set { token.claims = newValue }
    }

    /// The compact JWS, the statement signed first.
    package func compact() throws(SimulatorError) -> String {
        var signed = token
        for place in signed.claims.list.indices where signed.claims.list[place].value == .signedStatement {
            signed.claims.list[place].value = .text(try statement.compact())
        }
        return try signed.compact()
    }

    /// The record: one line of a bulk file without its end.
    package func line() throws(SimulatorError) -> String { line(request: try compact()) }

    func line(request: String) -> String {
        var members = record
        members.append("request", .text(request))
        if let certificate { members.append("transport_certificate", .text(certificate)) }
        return members.json
    }
}
