import Encoding
import Ledger
import Testing

@testable import Exports

/// Each format, byte for byte, for clients of each way to authenticate.
@Suite("Exports: formats")
struct FormatTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let format: ExportFormat
        let what: String
        let method: String
        let secret: String?
        let extra: String
        let text: String

        init(
            _ format: ExportFormat,
            _ what: String,
            method: String = "private_key_jwt",
            secret: String? = nil,
            extra: String = "",
            _ text: String
        ) {
            (self.format, self.what, self.method) = (format, what, method)
            (self.secret, self.extra, self.text) = (secret, extra, text)
        }

        var testDescription: String { "\(format.rawValue): \(what)" }
    }

    static let signing = "\"token_endpoint_auth_signing_alg\":\"PS256\","
    static let subject = "\"tls_client_auth_subject_dn\":\"CN=x,O=y\","

    static let rows = [
        Row(
            .rfc7591,
            "signed assertions",
            extra: signing,
            """
            {"client_id":"c1","client_id_issued_at":1795341600,"client_name":"Example <TPP>",\
            "redirect_uris":["https://tpp.example/cb"],"grant_types":["authorization_code","refresh_token",\
            "client_credentials"],"response_types":["code id_token"],"scope":"openid accounts",\
            "token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"PS256",\
            "jwks_uri":"https://keystore.example/o/s.jwks","id_token_signed_response_alg":"PS256",\
            "request_object_signing_alg":"PS256","application_type":"web",\
            "tls_client_certificate_bound_access_tokens":true,"software_id":"4W5rH0kTgqmQBMwLNsTx",\
            "org_id":"0015800001041RHAAY","org_name":"Example Org","software_environment":"sandbox"}
            """
        ),
        Row(
            .keycloak,
            "a certificate",
            method: "tls_client_auth",
            extra: subject,
            """
            {"clientId":"c1","name":"Example <TPP>",\
            "description":"Software 4W5rH0kTgqmQBMwLNsTx of organisation 0015800001041RHAAY",\
            "protocol":"openid-connect","enabled":true,"publicClient":false,"clientAuthenticatorType":"client-x509",\
            "redirectUris":["https://tpp.example/cb"],"webOrigins":[],"standardFlowEnabled":true,\
            "implicitFlowEnabled":true,"serviceAccountsEnabled":true,"directAccessGrantsEnabled":false,\
            "fullScopeAllowed":false,"optionalClientScopes":["accounts"],"attributes":{"use.jwks.url":"true",\
            "jwks.url":"https://keystore.example/o/s.jwks","id.token.signed.response.alg":"PS256",\
            "request.object.signature.alg":"PS256","x509.subjectdn":"CN=x,O=y",\
            "x509.allow.regex.pattern.comparison":"false","tls.client.certificate.bound.access.tokens":"true",\
            "use.refresh.tokens":"true","software_id":"4W5rH0kTgqmQBMwLNsTx","org_id":"0015800001041RHAAY"}}
            """
        ),
        Row(
            .hydra,
            "signed assertions",
            extra: signing,
            """
            {"client_id":"c1","client_name":"Example <TPP>","redirect_uris":["https://tpp.example/cb"],\
            "grant_types":["authorization_code","refresh_token","client_credentials"],\
            "response_types":["code id_token"],"scope":"openid accounts",\
            "token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"PS256",\
            "jwks_uri":"https://keystore.example/o/s.jwks","request_object_signing_alg":"PS256",\
            "metadata":{"software_id":"4W5rH0kTgqmQBMwLNsTx","org_id":"0015800001041RHAAY","org_name":"Example Org",\
            "software_environment":"sandbox","id_token_signed_response_alg":"PS256"}}
            """
        ),
        Row(
            .wso2,
            "a secret",
            method: "client_secret_basic",
            secret: "s3cret",
            """
            {"client_name":"c1","ext_application_display_name":"Example <TPP>","ext_param_client_id":"c1",\
            "ext_param_client_secret":"s3cret","ext_param_client_secret_expires_at":0,\
            "redirect_uris":["https://tpp.example/cb"],"grant_types":["authorization_code","refresh_token",\
            "client_credentials"],"token_endpoint_auth_method":"client_secret_basic",\
            "jwks_uri":"https://keystore.example/o/s.jwks","id_token_signed_response_alg":"PS256",\
            "request_object_signing_alg":"PS256","application_type":"web"}
            """
        ),
        Row(
            .pingam,
            "a secret",
            method: "client_secret_basic",
            secret: "s3cret",
            """
            {"id":"c1","body":{"coreOAuth2ClientConfig":{"status":{"inherited":false,"value":"Active"},\
            "userpassword":"s3cret","clientType":{"inherited":false,"value":"Confidential"},\
            "clientName":{"inherited":false,"value":["Example <TPP>"]},\
            "redirectionUris":{"inherited":false,"value":["https://tpp.example/cb"]},\
            "scopes":{"inherited":false,"value":["openid","accounts"]}},"advancedOAuth2ClientConfig":{\
            "descriptions":{"inherited":false,"value":["Software 4W5rH0kTgqmQBMwLNsTx of organisation \
            0015800001041RHAAY"]},"grantTypes":{"inherited":false,"value":["authorization_code","refresh_token",\
            "client_credentials"]},"responseTypes":{"inherited":false,"value":["code id_token"]},\
            "tokenEndpointAuthMethod":{"inherited":false,"value":"client_secret_basic"},\
            "softwareIdentity":{"inherited":false,"value":"4W5rH0kTgqmQBMwLNsTx"}},"signEncOAuth2ClientConfig":{\
            "publicKeyLocation":{"inherited":false,"value":"jwks_uri"},\
            "jwksUri":{"inherited":false,"value":"https://keystore.example/o/s.jwks"},\
            "idTokenSignedResponseAlg":{"inherited":false,"value":"PS256"},\
            "requestParameterSignedAlg":{"inherited":false,"value":"PS256"},\
            "mTLSCertificateBoundAccessTokens":{"inherited":false,"value":true}}}}
            """
        ),
        Row(
            .glewlwyd,
            "a secret",
            method: "client_secret_basic",
            secret: "s3cret",
            """
            {"client_id":"c1","name":"Example <TPP>",\
            "description":"Software 4W5rH0kTgqmQBMwLNsTx of organisation 0015800001041RHAAY","password":"s3cret",\
            "client_secret":"s3cret","enabled":true,"confidential":true,"scope":["openid","accounts"],\
            "redirect_uri":["https://tpp.example/cb"],"authorization_type":["code","id_token","client_credentials",\
            "refresh_token"],"token_endpoint_auth_method":["client_secret_basic"],"request_object_signing_alg":"PS256",\
            "jwks_uri":"https://keystore.example/o/s.jwks"}
            """
        ),
        Row(
            .csv,
            "signed assertions",
            extra: signing,
            "c1,Example <TPP>,0015800001041RHAAY,Example Org,4W5rH0kTgqmQBMwLNsTx,sandbox,dcr,private_key_jwt,"
                + "openid accounts,authorization_code refresh_token client_credentials,code id_token,"
                + "https://tpp.example/cb,https://keystore.example/o/s.jwks,,2026-11-22T10:00:00Z\r\n"
        ),
    ]

    @Test("a client is written as the server reads it", arguments: rows)
    func text(_ row: Row) throws {
        let record = ExportPlace.client("c1", method: row.method, extra: row.extra)
        let document = JSONDocument(limits: .record)
        let client = try #require(ExportedClient(record, secret: row.secret, reading: document))
        let buffer = ByteBuffer()
        row.format.write(client, withSecrets: row.secret != nil, to: buffer)
        #expect(buffer.all.string == row.text)
    }

    @Test("a secret is never told for a method without one", arguments: ExportFormat.allCases)
    func noSecret(_ format: ExportFormat) throws {
        for method in ["private_key_jwt", "tls_client_auth"] {
            let record = ExportPlace.client("c1", method: method)
            let client = try #require(
                ExportedClient(record, secret: "s3cret", reading: JSONDocument(limits: .record))
            )
            let buffer = ByteBuffer()
            format.write(client, withSecrets: true, to: buffer)
            #expect(!buffer.all.string.contains("s3cret"))
        }
    }

    @Test(
        "scopes are a list with openid, however they were registered",
        arguments: [
            ("\"openid accounts\"", ["openid", "accounts"]), ("\"accounts\"", ["openid", "accounts"]),
            ("[\"accounts\",\"payments\"]", ["openid", "accounts", "payments"]), ("null", ["openid"]),
        ]
    )
    func scopes(_ value: String, _ scopes: [String]) throws {
        var record = ExportPlace.client("c1")
        record.summary = "{\"scope\":\(value)}"
        let client = try #require(ExportedClient(record, secret: nil, reading: JSONDocument(limits: .record)))
        #expect(client.scopes == scopes)
        #expect(client.responseTypes == ["code id_token"])
    }

    @Test("files of a format are what its importer reads")
    func frames() {
        let keycloak = ExportFormat.keycloak.frame(isIncremental: false, withSecrets: false)
        #expect(keycloak.opening == "{\"ifResourceExists\":\"SKIP\",\"clients\":[\n" && keycloak.closing == "\n]}\n")
        let later = ExportFormat.keycloak.frame(isIncremental: true, withSecrets: false)
        #expect(later.opening.contains("\"OVERWRITE\""))
        let head = ExportFormat.csv.frame(isIncremental: false, withSecrets: false).opening
        #expect(head.hasPrefix("client_id,") && head.hasSuffix(",issued_at\r\n"))
        #expect(ExportFormat.csv.frame(isIncremental: false, withSecrets: true).opening.hasSuffix(",client_secret\r\n"))
    }
}
