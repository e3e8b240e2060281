/// A manual registration before anything in it is signed.
package struct ManualDraft: Sendable {
    /// The software statement.
    package var statement: StatementDraft
    /// The directory's id_token of the person at the portal.
    package var identity: IdentityDraft
    /// The redirect URIs typed at the portal; nil leaves them out.
    package var redirectURIs: [String]?
    /// The application's certificate as PEM; nil leaves it out.
    package var certificate: String?
    /// The other members of its record.
    package var record: DraftMembers

    /// The record: one line of a bulk file without its end.
    package func line() throws(SimulatorError) -> String {
        var members = record
        members.append("software_statement", .text(try statement.compact()))
        members.append("id_token", .text(try identity.compact()))
        if let redirectURIs { members.append("redirect_uris", .texts(redirectURIs)) }
        if let certificate { members.append("transport_certificate", .text(certificate)) }
        return members.json
    }
}
