import Crypto
package import Encoding
import OpenBanking

/// Makes software statements, requests and records of a directory's software, good ones and known wrong ones.
///
/// `number` gives each item numbers of its own (jti, times): the same number gives the same claims.
package struct RequestForge: Sendable {
    /// The directory that signs and publishes.
    package let directory: SimulatedDirectory
    /// The bank's organisation id: `aud` of requests.
    package var audience: String
    /// The bank's client id at the identity provider: `aud` of id_tokens.
    package var portalClient = "counterfoil-portal"
    /// The moment the items are made; they arrive at once.
    package var now: UnixTime
    /// The seed of their numbers.
    package var seed: UInt64

    /// Makes a forge; without a time it works at the directory's.
    package init(
        _ directory: SimulatedDirectory,
        audience: String = "0015800001041ABCDE",
        now: UnixTime? = nil,
        seed: UInt64? = nil
    ) {
        self.directory = directory
        self.audience = audience
        self.now = now ?? directory.plan.now
        self.seed = seed ?? directory.plan.seed
    }

    /// A good software statement, issued 10 minutes to 20 hours ago.
    package func statement(for software: SimulatedSoftware, number: Int = 0) -> StatementDraft {
        var random = RandomSource(seed: seed, stream: 1 << 40 + UInt64(number))
        let issuedAt = now - random.number(600..<72_000)
        let claims = StatementClaims.make(software, directory, issuedAt: issuedAt, &random)
        return StatementDraft(claims: claims, signedWith: directory.signingKey)
    }

    /// A good request with its statement and certificate.
    package func request(
        for software: SimulatedSoftware,
        _ manner: RegistrationManner = .privateKeyJWT,
        number: Int = 0
    ) -> RequestDraft {
        var random = RandomSource(seed: seed, stream: 1 << 41 + UInt64(number))
        let issuedAt = now - random.number(40..<290)
        let algorithm = software.signing.key.algorithm.rawValue
        let subject = manner.subject(of: software)
        var claims: DraftMembers = [
            "iss": .text(software.id),
            "iat": .number(issuedAt),
            "exp": .number(issuedAt + 1800),
            "aud": .text(audience),
            "jti": .text(Self.uuid(&random)),
            "redirect_uris": .texts(software.redirectURIs),
            "token_endpoint_auth_method": .text(subject == nil ? "private_key_jwt" : "tls_client_auth"),
            "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
            "response_types": ["code id_token"],
            "software_id": .text(software.id),
            "scope": .text(Self.scope(software.roles)),
            "software_statement": .signedStatement,
            "application_type": "web",
            "id_token_signed_response_alg": .text(algorithm),
            "request_object_signing_alg": .text(algorithm),
        ]
        if let subject {
            claims.append("tls_client_auth_subject_dn", .text(subject))
        } else {
            claims.append("token_endpoint_auth_signing_alg", .text(algorithm))
        }
        return RequestDraft(
            token: TokenDraft(claims: claims, signedWith: software.signing.key),
            statement: statement(for: software, number: number),
            certificate: software.transport.certificatePEM,
            record: record("request-\(number)", channel: "dcr")
        )
    }

    /// A good manual registration with its statement, id_token and certificate.
    package func manual(for software: SimulatedSoftware, number: Int = 0) -> ManualDraft {
        var random = RandomSource(seed: seed, stream: 1 << 42 + UInt64(number))
        let nonce = random.word(22)
        let claims: DraftMembers = [
            "iss": .text(directory.identityIssuer),
            "sub": .text("person-\(number)@\(software.domain)"),
            "aud": .text(portalClient),
            "iat": .number(now - 60),
            "exp": .number(now + 540),
            "nonce": .text(nonce),
            "email": .text("person-\(number)@\(software.domain)"),
            "tpp_associated": true,
            "org_id": .text(software.organisation.id),
        ]
        var record = record("manual-\(number)", channel: "mcr")
        record.append("nonce", .text(nonce))
        return ManualDraft(
            statement: statement(for: software, number: number),
            identity: IdentityDraft(claims: claims, signedWith: directory.identityKey),
            redirectURIs: software.redirectURIs,
            certificate: software.transport.certificatePEM,
            record: record
        )
    }

    /// The members of a record besides what is to be registered.
    package func record(_ reference: String, channel: String) -> DraftMembers {
        [
            "ref": .text(reference), "operation": "register", "channel": .text(channel),
            "received_at": .text(Timestamp.rfc3339(now)), "tls_possession": "attested",
        ]
    }

    private static func scope(_ roles: [String]) -> String {
        var scopes = ["openid"]
        if roles.contains("AISP") { scopes.append("accounts") }
        if roles.contains("PISP") { scopes.append("payments") }
        if roles.contains("CBPII") { scopes.append("fundsconfirmations") }
        return scopes.joined(separator: " ")
    }

    private static func uuid(_ random: inout RandomSource) -> String {
        let buffer = ByteBuffer(capacity: 36)
        Identifier.uuidV4(from: ByteSlice(random.bytes(Identifier.uuidByteCount)), into: buffer)
        return buffer.all.string
    }
}
