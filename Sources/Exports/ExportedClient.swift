package import Encoding
package import Ledger
package import OpenBanking

/// A client as servers are told of it: the ledger's record and registered metadata, with the defaults of a response.
///
/// A secret is in it only where it was found and proven, and only for a method that uses one.
package struct ExportedClient: Sendable, Equatable {
    package var clientID: String
    package var issuedAt: UnixTime
    package var secret: String?
    /// The software statement it was last registered with, where it was asked for and found.
    package var statement: String?
    package var name: String?
    package var redirectURIs: [String]
    package var grantTypes: [String]
    package var responseTypes: [String]
    /// Always with `openid` (rule R-113).
    package var scopes: [String]
    package var method: String
    package var applicationType: String?
    /// `token_endpoint_auth_signing_alg`.
    package var authenticationAlgorithm: String?
    package var idTokenAlgorithm: String?
    package var requestObjectAlgorithm: String?
    /// The subject of `tls_client_auth`.
    package var subjectDN: String?
    /// Where the TPP publishes its keys: `software_jwks_endpoint` of the statement.
    package var keysURI: String?
    package var logoURI: String?
    package var policyURI: String?
    package var termsURI: String?
    package var softwareID: String
    package var organisationID: String
    package var organisationName: String?
    package var environment: DirectoryEnvironment
    package var channel: Channel
    /// The members of CIBA, as they were registered.
    package var deliveryMode: String?
    package var notificationEndpoint: String?
    package var backchannelAlgorithm: String?
    package var backchannelUserCode: Bool?

    /// Reads a client's metadata; `document` is reused from client to client.
    ///
    /// - Returns: nil where the ledger's text of the metadata is no JSON object.
    package init?(_ client: ClientRecord, secret: String?, reading document: JSONDocument) {
        do throws(JSONError) { try document.parse(ByteSlice(client.summary)) } catch { return nil }
        let root = document.root
        guard root.kind == .object else { return nil }
        func text(_ claim: RequestClaim) -> String? { root[claim.rawValue]?.text?.string }
        func stated(_ claim: StatementClaim) -> String? { root[claim.rawValue]?.text?.string }
        clientID = client.clientID
        issuedAt = client.issuedAt
        method = client.authenticationMethod
        self.secret = AuthenticationMethod(rawValue: method)?.hasSecret == true ? secret : nil
        name = text(.clientName) ?? stated(.clientName)
        redirectURIs = Self.texts(root[RequestClaim.redirectURIs.rawValue])
        grantTypes = Self.texts(root[RequestClaim.grantTypes.rawValue])
        let types = Self.texts(root[RequestClaim.responseTypes.rawValue])
        responseTypes = types.isEmpty ? ["code id_token"] : types
        scopes = Self.scopes(root[RequestClaim.scope.rawValue])
        applicationType = text(.applicationType)
        authenticationAlgorithm = text(.authenticationAlgorithm)
        idTokenAlgorithm = text(.idTokenAlgorithm)
        requestObjectAlgorithm = text(.requestObjectAlgorithm)
        subjectDN = text(.subjectDN) ?? text(.subjectDNOf31)
        keysURI = stated(.softwareKeys)
        (logoURI, policyURI, termsURI) = (stated(.logoURI), stated(.policyURI), stated(.termsURI))
        softwareID = client.softwareID
        organisationID = client.organisationID
        organisationName = stated(.organisationName)
        (environment, channel) = (client.environment, client.channel)
        deliveryMode = text(.deliveryMode)
        notificationEndpoint = text(.notificationEndpoint)
        backchannelAlgorithm = text(.backchannelAlgorithm)
        backchannelUserCode = root[RequestClaim.userCode.rawValue]?.bool
    }

    /// Whether access tokens are bound to the transport certificate: always, in Open Banking UK (FAPI 1 Advanced 5.2.2-5).
    package var hasBoundTokens: Bool { true }

    private static func texts(_ value: JSONValue?) -> [String] {
        guard let value else { return [] }
        if let one = value.text { return [one.string] }
        return value.elements.compactMap { $0.text?.string }
    }

    /// The scopes of one string or of an array, `openid` added where it is missing.
    private static func scopes(_ value: JSONValue?) -> [String] {
        var scopes: [String] = []
        if let text = value?.text {
            scopes = ScopeTokens(text).map(\.string)
        } else {
            scopes = texts(value)
        }
        return scopes.contains("openid") ? scopes : ["openid"] + scopes
    }
}
