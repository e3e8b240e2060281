import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// The drop and its framing.
let framingRows: [Row] = [
    Row(good: "a record") { _ in },
    Row(good: "a bare request with its certificate", as: .bare),
    Row(good: "a request with white space around it") { $0.wrap(" \r\n" + (try $0.request.compact()) + "\n\t") },
    Row(good: "a request signed with ES256", of: Stage.elliptic),
    Row(good: "a request with a legacy certificate, where the bank takes it", of: Stage.legacy),
    Row(good: "a request exactly at the limit", as: .bare) {
        $0.policy.byteLimit.request = try $0.request.compact().utf8.count
    },
    Row(.completeFile, "one byte over the limit", .malformed, as: .bare) {
        $0.policy.byteLimit.request = try $0.request.compact().utf8.count - 1
    },
    Row(.completeFile, "nothing", and: [.compactJWS], .malformed) { $0.wrap("  \n ") },
    Row(.readableRecord, "a file that could not be read", .malformed, as: .unreadable("it is a symbolic link")) { _ in
    },
    Row(.readableRecord, "broken JSON", .malformed, as: .text("{\"request\":")) { _ in },
    Row(.readableRecord, "an array", .malformed, as: .text("[]")) { _ in },
    Row(.readableRecord, "a member named twice", .malformed, as: .text(#"{"ref":"a","ref":"b","request":"x"}"#)) { _ in
    },
    Row(.readableRecord, "no request", .malformed, as: .text("{}")) { _ in },
    Row(.compactJWS, "prose", .malformed) { $0.wrap("hello") },
    Row(.compactJWS, "the JSON serialization", .malformed) { $0.wrap(#"{"payload":"","signatures":[]}"#) },
    Row(.compactJWS, "two segments", .malformed) { $0.request.token.damage = .cutSignature },
    Row(.compactJWS, "four segments", .malformed) { $0.wrap(try $0.request.compact() + ".AAAA") },
    Row(.compactJWS, "an empty signature", .malformed) { $0.request.token.seal = .bytes([]) },
    Row(.compactJWS, "an empty payload", .malformed) { $0.wrap("e30..AAAA") },
    Row(.compactJWS, "padding", .malformed) { $0.wrap(try $0.request.compact() + "==") },
    Row(.compactJWS, "a line break inside", .malformed) { $0.wrap(try $0.request.compact().inserting("\n", at: 40)) },
    Row(.compactJWS, "plain base64", .malformed) { $0.wrap(try $0.request.compact().inserting("+", at: 40)) },
    Row(.strictJSON, "a claim named twice", .malformed) { $0.claims.append("aud", "other") },
    Row(.strictJSON, "a claim named twice by escapes", .malformed) { $0.claims.append("\u{61}ud", "other") },
    Row(.strictJSON, "a header member named twice", .malformed) { $0.header.append("alg", "none") },
    Row(.strictJSON, "claims that are an array", .malformed) { $0.wrap($0.token(payload: "[]")) },
    Row(.strictJSON, "a header that is a string", .malformed) {
        let compact = try $0.request.compact()
        $0.wrap(encoded("\"x\"") + compact.drop { $0 != "." })
    },
    Row(.strictJSON, "text after the claims", .malformed) { $0.wrap($0.token(payload: "{} {}")) },
    Row(.strictJSON, "claims 17 deep", .malformed) { $0.claims.append("x", .raw(nested(16))) },
    Row(good: "claims 16 deep") { $0.claims.append("x", .raw(nested(15))) },
    Row(.strictJSON, "a trailing comma", .malformed) { $0.wrap($0.token(payload: #"{"iss":"a",}"#)) },
    Row(.strictJSON, "NaN", .malformed) { $0.claims["exp"] = .raw("NaN") },
    Row(.strictJSON, "a lone surrogate", .malformed) { $0.claims["jti"] = .raw(#""\ud800""#) },
    Row(.strictJSON, "trailing bits in the payload", .malformed) {
        $0.wrap("\(encoded(#"{"alg":"PS256","kid":"x"}"#)).e31.AAAA")
    },
]

private func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
}

func encoded(_ text: String) -> String { Base64URL.encode(Array(text.utf8)) }

extension Registration {
    /// Delivers this text as the request, with everything else as it was.
    mutating func wrap(_ text: String) {
        form = .text(
            DraftMembers.record([
                ("operation", "register"), ("request", .text(text)), ("tls_possession", "attested"),
                ("transport_certificate", request.certificate.map { .text($0) } ?? nil),
            ])
        )
    }

    /// Three segments that nobody signed.
    func token(header: String = #"{"alg":"PS256","kid":"x"}"#, payload: String) -> String {
        "\(encoded(header)).\(encoded(payload)).AAAA"
    }
}

extension DraftMembers {
    /// The JSON text of members given in order.
    static func record(_ members: [(String, DraftValue)]) -> String {
        var draft: DraftMembers = [:]
        for (name, value) in members { draft.append(name, value) }
        return draft.json
    }
}

extension String {
    func inserting(_ text: String, at offset: Int) -> String {
        String(prefix(offset)) + text + String(dropFirst(offset))
    }
}
