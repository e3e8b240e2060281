import Encoding
import OpenBanking
import Testing

@testable import Rules
@testable import Simulator

/// The client information response (RFC 7591 section 3.2.1; R-156, R-157).
struct ResponseTests {
    private static let statementText = "eyJh.eyJi.c2ln"

    private func response(
        _ request: String,
        statement: String = #"{"iss":"OpenBanking Ltd","iat":1,"jti":"s","software_id":"S","software_version":1.5}"#,
        secret: String? = nil,
        redirects: [String]? = nil
    ) throws -> String {
        let (metadata, stated) = (JSONDocument(), JSONDocument())
        try metadata.parse(ByteSlice(request))
        try stated.parse(ByteSlice(statement))
        let claims = Claims<RequestClaim>(index: ClaimIndex(), of: metadata)
        claims.read(metadata.root)
        let statementClaims = Claims<StatementClaim>(index: ClaimIndex(), of: stated)
        statementClaims.read(stated.root)
        let response = RegistrationResponse(
            credentials: IssuedCredentials(
                clientID: ByteSlice("6b3a0c1e-0000-4000-8000-000000000001"),
                secret: secret.map { ByteSlice($0) },
                issuedAt: Stage.now
            ),
            metadata: claims,
            statement: statementClaims,
            statementText: ByteSlice(Self.statementText),
            defaultRedirectURIs: redirects?.map { ByteSlice($0) }
        )
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        response.write(to: &json)
        return buffer.all.string
    }

    @Test("the whole response, byte for byte")
    func golden() throws {
        let request = """
            {"iss":"S","iat":1,"exp":2,"aud":"B","jti":"j","client_id":"mine","redirect_uris":["https://a.example/cb"],\
            "token_endpoint_auth_method":"private_key_jwt","grant_types":["authorization_code"],\
            "response_types":["code id_token"],"software_id":"S","scope":"openid accounts",\
            "software_statement":"other","application_type":"web","id_token_signed_response_alg":"PS256",\
            "request_object_signing_alg":"PS256","token_endpoint_auth_signing_alg":"ES256","x_unknown":7}
            """
        let statement = """
            {"iss":"OpenBanking Ltd","iat":1,"exp":2,"nbf":3,"jti":"s","software_id":"S","software_client_name":"N",\
            "software_version":1.5,"software_roles":["AISP"],"software_on_behalf_of_org":null,"x_unknown":8}
            """
        #expect(
            try response(request, statement: statement) == """
                {"client_id":"6b3a0c1e-0000-4000-8000-000000000001","client_id_issued_at":1800000000,\
                "software_id":"S","software_client_name":"N","software_version":1.5,"software_roles":["AISP"],\
                "software_on_behalf_of_org":null,"redirect_uris":["https://a.example/cb"],\
                "token_endpoint_auth_method":"private_key_jwt","grant_types":["authorization_code"],\
                "response_types":["code id_token"],"scope":"openid accounts","application_type":"web",\
                "id_token_signed_response_alg":"PS256","request_object_signing_alg":"PS256",\
                "token_endpoint_auth_signing_alg":"ES256","software_statement":"eyJh.eyJi.c2ln"}
                """
        )
    }

    @Test(
        "numbers are returned as the statement wrote them",
        arguments: ["1.5", "2", "1.50", "1e3", "0.1000000000000000055511151231257827", "\"1.5\"", "-0"]
    )
    func numbersAreUnchanged(_ version: String) throws {
        let written = try response("{}", statement: "{\"software_version\":\(version)}")
        #expect(written.contains("\"software_version\":\(version),"))
    }

    @Test("what belongs to the request alone is absent (A-12)", arguments: ["iss", "iat", "exp", "aud", "jti", "nbf"])
    func requestOnlyClaimsAreAbsent(_ name: String) throws {
        let both = #"{"iss":"a","iat":1,"exp":2,"nbf":3,"aud":"b","jti":"c","client_id":"mine"}"#
        let written = try response(both, statement: both)
        #expect(!written.contains("\"\(name)\":"))
        #expect(!written.contains("mine"))
    }

    @Test("the software statement is there once and as it came")
    func statementIsThereOnce() throws {
        let written = try response(#"{"software_statement":"x.y.z"}"#)
        #expect(written.ranges(of: "\"software_statement\":").count == 1)
        #expect(written.contains("\"software_statement\":\"\(Self.statementText)\""))
        #expect(!written.contains("x.y.z"))
    }

    @Test("software_id is there once")
    func softwareIDIsThereOnce() throws {
        #expect(try response(#"{"software_id":"S"}"#).ranges(of: "\"software_id\":").count == 1)
    }

    @Test("only a method that uses a secret is told one (R-156)", arguments: AuthenticationMethod.allCases)
    func secretsAreForSecretMethods(_ method: AuthenticationMethod) throws {
        let written = try response(#"{"token_endpoint_auth_method":"\#(method.rawValue)"}"#, secret: "s3cret")
        #expect(written.contains("\"client_secret\":\"s3cret\",\"client_secret_expires_at\":0") == method.hasSecret)
        #expect(written.contains("client_secret_expires_at") == method.hasSecret)
    }

    @Test(
        "scope is one string and holds openid (A-02, R-113)",
        arguments: [
            (#""accounts""#, "openid accounts"), (#""openid accounts""#, "openid accounts"),
            (#"["accounts","payments"]"#, "openid accounts payments"), (#"["openid","accounts"]"#, "openid accounts"),
            (#""openidx""#, "openid openidx"),
        ]
    )
    func scopeIsAString(_ scope: String, _ written: String) throws {
        #expect(try response("{\"scope\":\(scope)}").contains("\"scope\":\"\(written)\""))
    }

    @Test("what the request left open is written as registered (A-03, R-026)")
    func defaultsAreWritten() throws {
        let written = try response("{}", redirects: ["https://a.example/1", "https://a.example/2"])
        #expect(written.contains(#""redirect_uris":["https://a.example/1","https://a.example/2"]"#))
        #expect(written.contains(#""response_types":["code id_token"]"#))
    }

    @Test("the statement's client name wins over the request's (RFC 7591 section 2.3)")
    func statementWins() throws {
        let written = try response(#"{"client_name":"Mine"}"#, statement: #"{"software_client_name":"Theirs"}"#)
        #expect(written.contains(#""client_name":"Theirs""#))
        #expect(try response(#"{"client_name":"Mine"}"#, statement: "{}").contains(#""client_name":"Mine""#))
    }

    @Test("times are whole seconds")
    func timesAreSeconds() throws {
        #expect(try response("{}").contains(#""client_id_issued_at":1800000000,"#))
    }

    @Test("a real registration's response is strict JSON and repeats no member")
    func realResponseIsStrict() throws {
        for (index, form) in [(0, Registration.Form.record), (2, .record), (4, .record), (0, .manual)] {
            let registration = try Registration(index, form: form)
            let examiner = Examiner(
                policy: registration.policy,
                book: RuleBook(registration.policy),
                indexes: ClaimIndexes()
            )
            #expect(try registration.verdict(examiner).outcome == .accepted)
            let evidence = examiner.evidence
            let buffer = ByteBuffer()
            var json = JSONWriter(buffer)
            RegistrationResponse(
                credentials: IssuedCredentials(clientID: ByteSlice("c"), secret: nil, issuedAt: Stage.now),
                metadata: evidence.request.claims,
                statement: evidence.statement.claims,
                statementText: try #require(evidence.statementText),
                defaultRedirectURIs: nil
            )
            .write(to: &json)
            let document = JSONDocument(limits: .record)
            try document.parse(buffer.all)
            #expect(document.root["software_statement"]?.text == evidence.statementText)
            #expect(document.root["software_id"]?.text?.equals(registration.software.id) == true)
        }
    }
}
