package import Encoding
package import JOSE

/// What the bank's gateway answers the TPP: status, headers and body (RFC 7591 section 3.2; OB DCR 3.3 "Error Structure").
package enum ResultAnswer {
    /// 201 for a registration, 200 for an update or a read, with the client information response.
    case client(status: Int, RegistrationResponse)
    /// 204 for a delete: no body.
    case deleted
    /// 200 for a read whose metadata the ledger holds: the stored client as JSON text.
    case stored(ByteSlice)
    /// 400 with an error code; the description is ASCII and at most 500 characters (rule R-158).
    case refused(OAuthErrorCode, description: String)
    /// 401 without a body: an unknown client, or another's (ambiguity A-19).
    case unauthorised
    /// 401 with `invalid_client`: a transport certificate that does not authenticate the TPP (RFC 6749 section 5.2).
    case unauthenticated(description: String)
    /// 403 without a body: a client of another TPP, where the bank wants the two told apart.
    case forbidden
    /// 405 without a body: an operation the bank switched off; names the methods it offers there (RFC 9110 section 15.5.6).
    case notOffered(methods: String)
    /// 500 without a body: what the gateway or the portal delivered is at fault, nothing the TPP sent.
    case failed
    /// No answer yet: the request waits for keys.
    case pending
    /// No new answer: the first result, named here, stands.
    case duplicate(of: PriorResult)
    /// Never an answer: the keys it waited for did not come in time.
    case expired

    /// Writes the answer's members; the body is `response`, or `sealed` where there is a recipient.
    package func write(to json: inout JSONWriter, sealedTo recipient: JWERecipient? = nil) throws(SealingFault) {
        switch self {
        case .client(let status, let response):
            Self.head(status, to: &json)
            try Self.body(to: &json, recipient) { response.write(to: &$0) }
        case .stored(let text):
            Self.head(200, to: &json)
            try Self.body(to: &json, recipient) { $0.raw(text) }
        case .deleted: Self.head(204, to: &json)
        case .refused(let code, let description):
            Self.head(400, to: &json)
            try Self.body(to: &json, recipient) { Self.error(code.rawValue, description, to: &$0) }
        case .unauthenticated(let description):
            Self.head(401, hasBody: true, to: &json)
            try Self.body(to: &json, recipient) { Self.error("invalid_client", description, to: &$0) }
        case .unauthorised: Self.head(401, to: &json)
        case .forbidden: Self.head(403, to: &json)
        case .notOffered(let methods): Self.head(405, allow: methods, to: &json)
        case .failed: Self.head(500, to: &json)
        case .expired: Self.head(503, to: &json)
        case .pending: return
        case .duplicate(let prior): prior.write(to: &json)
        }
    }

    /// Writes the body: where it is sealed, the text of it is never part of the result.
    private static func body(
        to json: inout JSONWriter,
        _ recipient: JWERecipient?,
        _ write: (inout JSONWriter) -> Void
    ) throws(SealingFault) {
        guard let recipient else {
            json.name("response")
            return write(&json)
        }
        let text = ByteBuffer(capacity: 8 << 10)
        var body = JSONWriter(text)
        write(&body)
        json.member("sealed", try recipient.seal(text.all.bytes))
    }

    private static func error(_ code: String, _ description: String, to json: inout JSONWriter) {
        json.beginObject()
        json.member("error", code)
        json.member("error_description", Self.ascii(description.isEmpty ? code : description))
        json.endObject()
    }

    /// Statuses that are answered without a body.
    private static let bare = [204, 401, 403, 405, 500]

    private static func head(
        _ status: Int,
        hasBody: Bool = false,
        allow: String? = nil,
        to json: inout JSONWriter
    ) {
        json.name("http")
        json.beginObject()
        json.member("status", Int64(status))
        json.name("headers")
        json.beginObject()
        if hasBody || !bare.contains(status) { json.member("Content-Type", "application/json") }
        json.member("Cache-Control", "no-store")
        json.member("Pragma", "no-cache")
        if status == 401 { json.member("WWW-Authenticate", "Bearer error=\"invalid_token\"") }
        if let allow { json.member("Allow", allow) }
        json.endObject()
        json.endObject()
    }

    /// Keeps printable ASCII without `"` and `\` (RFC 6749 section 5.2) and cuts at 500 characters.
    private static func ascii(_ text: String) -> String {
        var kept: [UInt8] = []
        for byte in text.utf8 where kept.count < 500 {
            switch byte {
            case 0x22: kept.append(0x27)
            case 0x5C: kept.append(0x2F)
            case 0x20...0x7E: kept.append(byte)
            case 0x80...0xBF: continue
            default: kept.append(UInt8(ascii: "?"))
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
