import Crypto
import Encoding
import JOSE
import OpenBanking

/// The request's protected header.
let headerRules: [Rule] = [
    Rule(
        .requestAlgorithm,
        "alg is one the bank allows",
        source: "OB DCR 3.3 (FAPI-RW); RFC 8725 section 3.1",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestHeader],
        settings: ["policy.request_algorithms"],
        remedy: "Sign the request with PS256 or ES256."
    ) { algorithmFault($0.request.header, allowed: $0.policy.requestAlgorithms) },
    Rule(
        .requestAlgorithmSigned,
        "alg is neither none nor an HMAC",
        source: "RFC 8725 sections 3.1 and 3.2; FAPI Advanced 8.6",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestHeader],
        remedy: "Sign the request with a private key whose public half is in the software's key set."
    ) { unsignedAlgorithmFault($0.request.header) },
    Rule(
        .requestKeyID,
        "kid is a string of 1 to 255 bytes",
        source: "Directory API, CertificateOrKeyIdSchema",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestHeader],
        note: "A key that is not named is never guessed, not even where the set holds only one.",
        remedy: "Name the signing key by its kid in the software's key set."
    ) { keyIDFault($0.request.header) },
    Rule(
        .requestHeaderKeys,
        "the header carries no key and no place of one",
        source: "OB DCR 3.3, Of JWS & JWKS; RFC 8725 section 3.10",
        reports: .invalidClientMetadata,
        needs: [.requestHeader],
        note: "Where the bank softens it, a key in the header is still never used.",
        remedy: "Leave jwk, jku, x5c and x5u out of the header."
    ) { embeddedKeyFault($0.request.header) },
    Rule(
        .requestCritical,
        "the header has no crit",
        source: "RFC 7515 section 4.1.11",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestHeader],
        remedy: "Leave crit out: no extension is understood here."
    ) { criticalFault($0.request.header) },
    Rule(
        .requestEncodedPayload,
        "b64 is absent or true",
        source: "RFC 7797 section 3",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestHeader],
        remedy: "Encode the payload as base64url and leave b64 out."
    ) { unencodedFault($0.request.header) },
    Rule(
        .requestType,
        "typ is absent, JWT or JOSE",
        source: "RFC 7519 section 5.1",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.requestHeader],
        remedy: "Set typ to JWT or leave it out.",
        check: typeIsJWT
    ),
    Rule(
        .requestContentType,
        "the request is neither nested nor encrypted",
        source: "RFC 7519 section 5.2",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestHeader],
        remedy: "Send the claims signed once, neither nested nor encrypted.",
        check: requestIsPlain
    ),
]

/// A header whose `alg` is missing or not among `allowed`.
func algorithmFault(_ header: ProtectedHeader?, allowed: [SignatureAlgorithm]) -> Fault? {
    guard let header else { return nil }
    guard let name = header.algorithm else { return Fault("alg is missing or not a string") }
    if let algorithm = header.signatureAlgorithm, allowed.contains(algorithm) { return nil }
    return Fault("alg is not one of \(allowed.map(\.rawValue).joined(separator: ", "))", name)
}

/// A header whose `alg` says that nothing was signed, or that a shared secret was used.
func unsignedAlgorithmFault(_ header: ProtectedHeader?) -> Fault? {
    guard let name = header?.algorithm else { return nil }
    if name.equalsIgnoringASCIICase("none") { return Fault("alg says the JWS is not signed", name) }
    return name.count > 2 && name[0..<2].equalsIgnoringASCIICase("HS") ? Fault("alg names a shared secret", name) : nil
}

/// A header without a usable `kid`.
func keyIDFault(_ header: ProtectedHeader?) -> Fault? {
    guard let header else { return nil }
    guard let keyID = header.keyID else { return Fault("kid is missing or not a string") }
    if keyID.isEmpty { return Fault("kid is empty") }
    return keyID.count > 255 ? Fault("kid is \(keyID.count) bytes long; at most 255 are allowed", keyID) : nil
}

/// A header that brings its own key.
func embeddedKeyFault(_ header: ProtectedHeader?) -> Fault? {
    header?.embedded.map { Fault("the header carries \($0)", value: $0) }
}

/// A header that demands extensions.
func criticalFault(_ header: ProtectedHeader?) -> Fault? {
    header?.hasCritical == true ? Fault("the header carries crit") : nil
}

/// A header that says the payload is not encoded.
func unencodedFault(_ header: ProtectedHeader?) -> Fault? {
    header?.unencodedPayload == true ? Fault("the header sets b64 to something other than true") : nil
}

private func typeIsJWT(_ r: Evidence) -> Fault? {
    guard let header = r.request.header else { return nil }
    if header.misshapen.contains(.type) { return Fault("typ is not a string") }
    guard let type = header.type else { return nil }
    let known =
        type.equalsIgnoringASCIICase("JWT") || type.equalsIgnoringASCIICase("JOSE")
        || type.equalsIgnoringASCIICase("application/jwt")
    return known ? nil : Fault("typ is neither JWT nor JOSE", type)
}

private func requestIsPlain(_ r: Evidence) -> Fault? {
    guard let header = r.request.header else { return nil }
    if header.isEncrypted { return Fault("the header is that of an encrypted token (enc or zip)") }
    guard let type = header.contentType else { return nil }
    let nested = type.equalsIgnoringASCIICase("JWT") || type.equalsIgnoringASCIICase("application/jwt")
    return nested ? Fault("cty says that another token is nested inside", type) : nil
}
