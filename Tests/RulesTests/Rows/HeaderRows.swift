import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// The request's protected header.
let headerRows: [Row] = [
    Row(.requestAlgorithm, "no alg") { $0.header["alg"] = nil },
    Row(.requestAlgorithm, "alg is a number") { $0.header["alg"] = 256 },
    Row(.requestAlgorithm, "alg in lower case") { $0.header["alg"] = "ps256" },
    Row(.requestAlgorithm, "RS256") { $0.request.token.sign(with: $0.software.signing.key, .RS256) },
    Row(good: "RS256 where the bank allows it") {
        $0.policy.requestAlgorithms.append(.RS256)
        $0.request.token.sign(with: $0.software.signing.key, .RS256)
    },
    Row(.requestAlgorithm, "an algorithm nobody knows") { $0.header["alg"] = "XX256" },
    Row(.requestAlgorithm, "ES256 where the bank allows PS256 only", of: Stage.elliptic) {
        $0.policy.requestAlgorithms = [.PS256]
    },
    Row(.requestAlgorithmSigned, "none", and: [.requestAlgorithm]) { $0.header["alg"] = "none" },
    Row(.requestAlgorithmSigned, "nOnE", and: [.requestAlgorithm]) { $0.header["alg"] = "nOnE" },
    Row(.requestAlgorithmSigned, "HS256 keyed with the public key", and: [.requestAlgorithm]) {
        $0.header["alg"] = "HS256"
        let spki = $0.software.signing.key.privateKey.publicKey.spki
        $0.request.token.seal = .secret(Array(PEM.encode(spki, label: "PUBLIC KEY").utf8))
    },
    Row(.requestAlgorithmSigned, "HS512", and: [.requestAlgorithm]) { $0.header["alg"] = "HS512" },
    Row(.requestKeyID, "no kid") { $0.header["kid"] = nil },
    Row(.requestKeyID, "kid is a number") { $0.header["kid"] = 7 },
    Row(.requestKeyID, "an empty kid") { $0.header["kid"] = "" },
    Row(.requestKeyID, "a kid of 256 bytes", and: [.requestKeyKnown]) { $0.header["kid"] = long(256) },
    Row(.requestKeyKnown, "a kid of 255 bytes is merely unknown", .deferred) { $0.header["kid"] = long(255) },
    Row(.requestHeaderKeys, "jwk") { $0.header.append("jwk", .object(["kty": "RSA"])) },
    Row(.requestHeaderKeys, "jku") { $0.header.append("jku", "https://evil.example/keys") },
    Row(.requestHeaderKeys, "x5c") { $0.header.append("x5c", ["MIIB"]) },
    Row(.requestHeaderKeys, "x5u") { $0.header.append("x5u", "https://evil.example/cert") },
    Row(.requestCritical, "crit with a name nobody knows") {
        $0.header.append("http://openbanking.org.uk/iat", 1)
        $0.header.append("crit", ["http://openbanking.org.uk/iat"])
    },
    Row(.requestCritical, "an empty crit") { $0.header.append("crit", []) },
    Row(.requestCritical, "crit is a string") { $0.header.append("crit", "exp") },
    Row(.requestEncodedPayload, "b64 is false") { $0.header.append("b64", false) },
    Row(.requestEncodedPayload, "b64 is a string") { $0.header.append("b64", "true") },
    Row(good: "b64 is true") { $0.header.append("b64", true) },
    Row(.requestContentType, "a nested JWT") { $0.header.append("cty", "JWT") },
    Row(.requestContentType, "a nested JWT by its media type") { $0.header.append("cty", "application/JWT") },
    Row(.requestContentType, "enc") { $0.header.append("enc", "A256GCM") },
    Row(.requestContentType, "zip") { $0.header.append("zip", "DEF") },
    Row(good: "another cty") { $0.header.append("cty", "application/json") },
    Row(good: "x5t that nobody reads") { $0.header.append("x5t#S256", "x") },
    Row(good: "an uncritical header of payment signing") { $0.header.append("http://openbanking.org.uk/iat", 1) },
]

func long(_ count: Int) -> DraftValue { .text(String(repeating: "k", count: count)) }
