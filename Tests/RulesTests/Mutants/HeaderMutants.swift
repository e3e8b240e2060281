import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// What must not be in a protected header, and at which rule of the request and of the statement.
private let intruders: [(String, DraftValue, RuleID)] = [
    ("jwk", .object(["kty": "RSA"]), .requestHeaderKeys), ("jku", "https://evil.example/", .requestHeaderKeys),
    ("x5c", ["AA"], .requestHeaderKeys), ("x5u", "https://evil.example/", .requestHeaderKeys),
    ("jwk", .null, .requestHeaderKeys), ("crit", ["exp"], .requestCritical), ("crit", [], .requestCritical),
    ("crit", "exp", .requestCritical), ("crit", .null, .requestCritical), ("b64", false, .requestEncodedPayload),
    ("b64", "false", .requestEncodedPayload), ("b64", .null, .requestEncodedPayload),
]

private let harmless: [(String, DraftValue?)] = [
    ("typ", nil), ("typ", "JOSE"), ("typ", "jwt"), ("typ", "at+jwt"), ("typ", 1), ("b64", true), ("x5t", "AA"),
    ("x5t#S256", "AA"), ("unknown", .object([:])), ("http://openbanking.org.uk/iat", 1), ("cty", "json"),
]

let requestHeader = MutantSource(
    "request header",
    weight: 20,
    among: harmless.map { name, value in header("\(name) harmless", name, value) }
        + intruders.map { name, value, rule in header("\(name) \(value)", name, value, rule) }
        + [
            header("cty JWT", "cty", "JWT", .requestContentType),
            header("cty application/jwt", "cty", "APPLICATION/JWT", .requestContentType),
            header("enc", "enc", "A256GCM", .requestContentType), header("zip", "zip", "DEF", .requestContentType),
            header("no alg", "alg", nil, .requestAlgorithm), header("alg null", "alg", .null, .requestAlgorithm),
            header("alg in a list", "alg", ["ES256"], .requestAlgorithm),
            header("alg lower case", "alg", "es256", .requestAlgorithm),
            header("alg with a space", "alg", "PS256 ", .requestAlgorithm),
            header("alg with NUL", "alg", "ES256\u{0}", .requestAlgorithm),
            header("alg none", "alg", "none", .requestAlgorithm, .requestAlgorithmSigned),
            header("alg nOnE", "alg", "nOnE", .requestAlgorithm, .requestAlgorithmSigned),
            header("alg HS256", "alg", "HS256", .requestAlgorithm, .requestAlgorithmSigned),
            header("alg hs512", "alg", "hs512", .requestAlgorithm, .requestAlgorithmSigned),
            header("no kid", "kid", nil, .requestKeyID), header("kid null", "kid", .null, .requestKeyID),
            header("kid a number", "kid", 7, .requestKeyID), header("kid empty", "kid", "", .requestKeyID),
            MutantChange("kid of 256 bytes", Expected.refused(.requestKeyID, .requestKeyKnown)) { r, _ in
                r.header["kid"] = .text(String(repeating: "k", count: 256))
            },
            MutantChange("another family's alg", .refused(.requestKeyFits)) { r, _ in
                r.header["alg"] = r.header["alg"] == "ES256" ? "PS256" : "ES256"
            },
            MutantChange("RS256 of the same key", .refused(.requestAlgorithm)) { r, _ in
                guard r.header["alg"] == "PS256" else { return r.header["alg"] = "ES257" }
                r.request.token.sign(with: r.software.signing.key, .RS256)
            },
            kid("with a space", .waits(.requestKeyKnown)) { $0 + " " },
            kid("in another case", .waits(.requestKeyKnown)) { String($0.reversed()).uppercased() },
            kid("with NUL", .waits(.requestKeyKnown)) { $0 + "\u{0}" },
            kid("a path", .waits(.requestKeyKnown)) { "../" + $0 },
            kid("padded", .waits(.requestKeyKnown)) { $0 + "=" },
            MutantChange("alg twice", .malformed(.strictJSON)) { r, _ in r.header.append("alg", "ES256") },
            MutantChange("kid twice", .malformed(.strictJSON)) { r, _ in r.header.append("kid", "x") },
            MutantChange("kid twice, once escaped", .malformed(.strictJSON)) { r, _ in
                r.header.append("unknown", .raw("1,\"k\\u0069d\":\"x\""))
            },
            MutantChange("nested too deeply", .malformed(.strictJSON)) { r, _ in
                r.header.append("deep", .raw(String(repeating: "[", count: 16) + String(repeating: "]", count: 16)))
            },
        ]
)

let statementHeader = MutantSource(
    "statement header",
    weight: 20,
    among: harmless.map { name, value in stated("\(name) harmless", name, value, .accepted) }
        + intruders.map { name, value, _ in stated("\(name) \(value)", name, value, .refused(.statementHeaderKeys)) }
        + [
            stated("no alg", "alg", nil, .refused(.statementAlgorithm, .statementSignature)),
            stated("alg none", "alg", "none", .refused(.statementAlgorithm, .statementSignature)),
            stated("alg HS256", "alg", "HS256", .refused(.statementAlgorithm, .statementSignature)),
            stated("alg lower case", "alg", "ps256", .refused(.statementAlgorithm, .statementSignature)),
            stated("alg ES256", "alg", "ES256", .refused(.directoryKeyFits)),
            MutantChange("RS256 of the same key", .refused(.statementAlgorithm, .statementSignature)) { r, _ in
                r.request.statement.sign(with: try Stage.directory.signingKey, .RS256)
            },
            stated("no kid", "kid", nil, .refused(.statementKeyID)),
            stated("kid null", "kid", .null, .refused(.statementKeyID)),
            stated("kid empty", "kid", "", .refused(.statementKeyID)),
            stated("kid unknown", "kid", "unknown", .waits(.directoryKeyKnown)),
            MutantChange("kid without its padding", .waits(.directoryKeyKnown)) { r, _ in
                r.request.statement.header["kid"] = .text(try Stage.directory.signingKey.kid.filter { $0 != "=" })
            },
            MutantChange("alg twice", .refused(.statementFraming)) { r, _ in
                r.request.statement.header.append("alg", "PS256")
            },
            MutantChange("signed by the next key", .waits(.directoryKeyKnown)) { r, _ in
                r.request.statement.sign(with: try Stage.directory.nextKey)
            },
            MutantChange("signed by the software", .waits(.directoryKeyKnown)) { r, _ in
                r.request.statement.sign(with: r.software.signing.key)
            },
            MutantChange("signed by the next key under this one's kid", .refused(.statementSignature)) { r, _ in
                r.request.statement.seal = .key(try Stage.directory.nextKey.privateKey, .PS256)
            },
            MutantChange("signature changed", .refused(.statementSignature)) { r, _ in
                r.request.statement.damage = .flippedSignature
            },
            MutantChange("signature cut off", .refused(.statementFraming)) { r, _ in
                r.request.statement.damage = .cutSignature
            },
            MutantChange("any byte of it", .never(.statementFraming, .statementSignature, .directoryKeyKnown)) {
                r,
                random in
                let text = Array(try r.request.statement.compact().utf8)
                r.claims["software_statement"] = .text(Bytes.changingOne(of: text, 0..<text.count, &random))
            },
        ]
)

private func header(_ what: String, _ name: String, _ value: DraftValue?, _ rules: RuleID...) -> MutantChange {
    MutantChange(what, .refused(Set(rules))) { r, _ in
        if let value, r.header[name] == nil { return r.header.append(name, value) }
        r.header[name] = value
    }
}

private func stated(_ what: String, _ name: String, _ value: DraftValue?, _ expected: Expected) -> MutantChange {
    MutantChange(what, expected) { r, _ in
        if let value, r.request.statement.header[name] == nil { return r.request.statement.header.append(name, value) }
        r.request.statement.header[name] = value
    }
}

private func kid(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (String) -> String
) -> MutantChange {
    MutantChange("kid \(what)", expected) { r, _ in r.header["kid"] = .text(change(r.software.signing.key.kid)) }
}
