package import Encoding

/// Writes the client information response of an accepted registration (RFC 7591 section 3.2.1; OBClientRegistration1).
///
/// The statement's claims stand flattened beside the registered metadata, the statement itself unmodified, times in whole
/// seconds, and nothing that belongs to the request alone (ambiguity A-12). A registered value gives way to the statement's
/// where both exist.
package struct RegistrationResponse {
    package var credentials: IssuedCredentials
    package var metadata: Claims<RequestClaim>
    package var statement: Claims<StatementClaim>
    package var statementText: ByteSlice
    /// What was registered where the request left it open: the URIs of the statement, the default response type.
    package var defaultRedirectURIs: [ByteSlice]?

    package init(
        credentials: IssuedCredentials,
        metadata: Claims<RequestClaim>,
        statement: Claims<StatementClaim>,
        statementText: ByteSlice,
        defaultRedirectURIs: [ByteSlice]?
    ) {
        self.credentials = credentials
        self.metadata = metadata
        self.statement = statement
        self.statementText = statementText
        self.defaultRedirectURIs = defaultRedirectURIs
    }

    package func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("client_id", credentials.clientID)
        json.member("client_id_issued_at", credentials.issuedAt)
        if let secret = credentials.secret, hasSecret {
            json.member("client_secret", secret)
            json.member("client_secret_expires_at", 0 as Int64)
        }
        for (position, claim) in Self.flattened.enumerated() {
            guard let place = statement.place(of: claim) else { continue }
            json.member(position, of: Self.flattenedNames, at: place, in: statement.document)
        }
        for (position, claim) in Self.registered.enumerated() { write(claim, at: position, to: &json) }
        json.member("software_statement", statementText)
        json.endObject()
    }

    private static let flattened = StatementClaim.allCases.filter { !$0.isEnvelope }
    private static let flattenedNames = JSONNames(flattened.map(\.rawValue))
    private static let registered = RequestClaim.allCases.filter { !$0.isRequestOnly }
    private static let registeredNames = JSONNames(registered.map(\.rawValue))

    /// Only a method that uses a secret is ever told one (rule R-156).
    private var hasSecret: Bool {
        metadata[.authenticationMethod]?.text.flatMap { AuthenticationMethod($0) }?.hasSecret == true
    }

    private func write(_ claim: RequestClaim, at position: Int, to json: inout JSONWriter) {
        switch claim {
        case .softwareStatement, .softwareID: return  // the statement follows last, its software_id stands above
        case .scope: writeScope(to: &json)
        case .redirectURIs where metadata[claim] == nil:
            guard let uris = defaultRedirectURIs else { return }
            json.name(position, of: Self.registeredNames)
            json.beginArray()
            for uri in uris { json.string(uri) }
            json.endArray()
        case .responseTypes where metadata[claim] == nil:
            json.name(position, of: Self.registeredNames)
            json.beginArray()
            json.string("code id_token")
            json.endArray()
        case .clientName where metadata[claim] != nil && statement[.clientName]?.text != nil:
            json.name(position, of: Self.registeredNames)
            json.string(statement[.clientName]?.text ?? ByteSlice(""))
        default:
            guard let place = metadata.place(of: claim) else { return }
            json.member(position, of: Self.registeredNames, at: place, in: metadata.document)
        }
    }

    /// Scope is always one string, with `openid` added where it is missing (rule R-113).
    private func writeScope(to json: inout JSONWriter) {
        guard let value = metadata[.scope] else { return json.member("scope", "openid") }
        if let text = value.text, ScopeTokens(text).contains("openid") { return json.member("scope", text) }
        var tokens = ["openid"]
        if let text = value.text {
            tokens += ScopeTokens(text).map(\.string)
        } else {
            value.forEachElement { element in
                if let token = element.text, !token.equals("openid") { tokens.append(token.string) }
            }
        }
        json.member("scope", tokens.joined(separator: " "))
    }
}
