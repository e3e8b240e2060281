import Encoding
import JOSE
import OpenBanking

/// The drop and its framing: what was delivered is one readable record holding one compact JWS.
let framingRules: [Rule] = [
    Rule(
        .completeFile,
        "the request is complete and at most 64 KiB",
        source: "docs/FORMATS.md, Limits",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [],
        settings: ["process.limits.request"],
        note:
            "A request that is too long is the TPP's to shorten, so it is told; a file that is not complete or no plain file never becomes a request and goes to failed.",
        remedy: "Deliver one request per file or record; a registration request is 5 to 8 KiB.",
        check: requestFitsTheLimit
    ),
    Rule(
        .readableRecord,
        "the record is one strict JSON object with known values",
        source: "docs/FORMATS.md, Record",
        reports: nil,
        configurable: false,
        needs: [],
        status: 500,
        note:
            "The record is the gateway's: the TPP sent none of it, so it is answered 500 and never an error code.",
        remedy: "Mend the record; docs/FORMATS.md lists its members."
    ) { $0.recordFault },
    Rule(
        .contentType,
        "a declared content type is application/jose or application/jwt",
        source: "OB DCR 3.3, POST /register",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.record, .dynamic],
        remedy: "Send the request as application/jose or application/jwt.",
        check: contentTypeIsJOSE
    ),
    Rule(
        .compactJWS,
        "the request is one compact JWS: three non-empty base64url segments",
        source: "RFC 7515 sections 2 and 7.1",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.record, .dynamic],
        remedy: "Send the registration request as a signed JWT in compact form, without padding or line breaks."
    ) { evidence in
        evidence.request.framingFault.map { Fault("the request is not a compact JWS: \($0)") }
    },
    Rule(
        .strictJSON,
        "header and claims are strict JSON objects in UTF-8 without duplicate members",
        source: "RFC 7515 section 4; RFC 7519 section 4; RFC 8725 section 2.7",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestFramed],
        remedy: "Encode header and claims as JSON objects; name no member twice and nest at most 16 deep.",
        check: requestIsStrictJSON
    ),
]

private func requestFitsTheLimit(_ r: Evidence) -> Fault? {
    guard let text = r.requestText else { return nil }
    if text.isEmpty { return Fault("the request is empty") }
    guard text.count > r.policy.byteLimit.request else { return nil }
    return Fault("the request is \(text.count) bytes long; at most \(r.policy.byteLimit.request) are read")
}

private func contentTypeIsJOSE(_ r: Evidence) -> Fault? {
    guard let type = r.contentType else { return nil }
    let known = type.equalsIgnoringASCIICase("application/jose") || type.equalsIgnoringASCIICase("application/jwt")
    return known ? nil : Fault("content_type is not application/jose or application/jwt", type)
}

private func requestIsStrictJSON(_ r: Evidence) -> Fault? {
    jsonFault(r.request, of: "the request")
}

/// What keeps header or payload of a document from being a strict JSON object, or nil.
func jsonFault<Name>(_ document: SignedDocument<Name>, of owner: String) -> Fault? {
    if let fault = document.headerFault { return Fault("the header of \(owner) is not strict JSON: \(fault)") }
    if document.header == nil { return Fault("the header of \(owner) is not a JSON object") }
    if let fault = document.claimsFault { return Fault("the payload of \(owner) is not strict JSON: \(fault)") }
    return document.hasClaims ? nil : Fault("the payload of \(owner) is not a JSON object")
}
