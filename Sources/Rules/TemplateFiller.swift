import Encoding
import OpenBanking
import PKIX

/// Fills the bank's template for a manual registration, so that the same metadata rules judge both channels (rule R-154).
final class TemplateFiller {
    private let text = ByteBuffer(capacity: 2048)

    /// Returns the metadata as JSON text: the template, the portal's redirect URIs and the scope the roles allow.
    func fill(_ evidence: Evidence) -> ByteSlice {
        let template = evidence.policy.template
        text.removeAll()
        var json = JSONWriter(text)
        json.beginObject()
        json.member("token_endpoint_auth_method", template.authenticationMethod)
        json.name("grant_types")
        Self.write(template.grantTypes, to: &json)
        json.name("response_types")
        Self.write(template.responseTypes, to: &json)
        json.member("application_type", template.applicationType)
        json.member("id_token_signed_response_alg", template.algorithm)
        json.member("request_object_signing_alg", template.algorithm)
        json.member("token_endpoint_auth_signing_alg", template.algorithm)
        if template.authenticationMethod == AuthenticationMethod.tlsClientAuth.rawValue,
            let certificate = evidence.certificate
        {
            json.member("tls_client_auth_subject_dn", certificate.certificate.subject.rfc4514)
        }
        json.member("scope", Self.scope(evidence.roles))
        if let uris = evidence.record[.redirectURIs], !uris.isNull {
            json.name("redirect_uris")
            json.value(uris)
        }
        json.endObject()
        return text.all
    }

    private static func write(_ values: [String], to json: inout JSONWriter) {
        json.beginArray()
        for value in values { json.string(value) }
        json.endArray()
    }

    /// The scope that the roles of a statement allow, `openid` first (rule R-112).
    static func scope(_ roles: SoftwareRoles) -> String {
        var scope = "openid"
        if !roles.isDisjoint(with: .accounts) { scope += " accounts" }
        if roles.contains(.pisp) { scope += " payments" }
        if !roles.isDisjoint(with: .funds) { scope += " fundsconfirmations" }
        return scope
    }
}
