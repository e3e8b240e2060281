import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// The signed bytes themselves.
let requestSignature = MutantSource(
    "request signature",
    weight: 16,
    among: [
        MutantChange("a character of the signature", .refused(.requestSignature)) { r, random in
            let text = Array(try r.request.compact().utf8)
            let start = (text.lastIndex(of: UInt8(ascii: ".")) ?? 0) + 1
            r.wrap(Bytes.changingOne(of: text, start..<text.count, &random))
        },
        MutantChange(
            "a character of the header",
            .never(.strictJSON, .requestAlgorithm, .requestKeyID, .requestKeyKnown, .requestKeyFits, .requestSignature)
        ) { r, random in
            let text = Array(try r.request.compact().utf8)
            let end = text.firstIndex(of: UInt8(ascii: ".")) ?? 1
            r.wrap(Bytes.changingOne(of: text, 0..<end, &random))
        },
        MutantChange(
            "a character of the claims",
            .never(
                .strictJSON,
                .requestSignature,
                .statementFraming,
                .statementSignature,
                .directoryKeyKnown,
                .statementPresent
            )
        ) { r, random in
            let text = Array(try r.request.compact().utf8)
            let start = (text.firstIndex(of: UInt8(ascii: ".")) ?? 0) + 1
            let end = text.lastIndex(of: UInt8(ascii: ".")) ?? text.count
            r.wrap(Bytes.changingOne(of: text, start..<end, &random))
        },
        sealed("nothing signed", .refused(.requestSignature)) { _, _ in [0] },
        sealed("zeros", .refused(.requestSignature)) { _, _ in Array(repeating: 0, count: 64) },
        sealed("ones", .refused(.requestSignature)) { _, _ in Array(repeating: 0xFF, count: 64) },
        sealed("in DER", .refused(.requestSignature)) { _, _ in [0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01] },
        sealed("noise", .refused(.requestSignature)) { _, random in random.bytes(Int(random.number(1..<300))) },
        MutantChange("another's key under this kid", .refused(.requestSignature)) { r, _ in
            let isElliptic = r.header["alg"] == "ES256"
            let key = try isElliptic ? KeyPool.elliptic() : Stage.directory.nextKey.privateKey
            r.request.token.seal = .key(key, isElliptic ? .ES256 : .PS256)
        },
        MutantChange("an HMAC with the public key", .refused(.requestSignature)) { r, _ in
            let spki = r.software.signing.key.privateKey.publicKey.spki
            r.request.token.seal = .secret(Array(PEM.encode(spki, label: "PUBLIC KEY").utf8))
        },
        MutantChange("the transport key", .refused(.requestKeyFits)) { r, _ in
            r.request.token.sign(with: r.software.transport.key)
        },
        MutantChange("the revoked key", .refused(.requestKeyNotRevoked)) { r, _ in
            r.request.token.sign(with: r.software.revokedSigning.key)
        },
        MutantChange("the next key", .waits(.requestKeyKnown)) { r, _ in
            r.request.token.sign(with: r.software.next.key)
        },
        MutantChange("the next key, the set newer", .refused(.requestKeyKnown)) { r, _ in
            r.request.token.sign(with: r.software.next.key)
            r.world.remake(try r.softwareURL, fetchedAt: Stage.now + 1)
        },
        framed("no signature") { String($0.prefix(upTo: $0.lastIndex(of: ".") ?? $0.endIndex)) },
        framed("an empty signature") { String($0.prefix(through: $0.lastIndex(of: ".") ?? $0.startIndex)) },
        framed("a fourth part") { $0 + ".AAAA" }, framed("padding") { $0 + "=" },
        framed("a line break inside") { $0.prefix(40) + "\n" + $0.dropFirst(40) },
        framed("JSON serialization") { "{\"payload\":\"\($0)\"}" },
        framed("standard base64") { $0.prefix(10) + "+/" + $0.dropFirst(12) },
        MutantChange("white space around", .accepted) { r, _ in r.wrap(" \n" + (try r.request.compact()) + "\r\n") },
    ]
)

/// Changes of bytes as text.
enum Bytes {
    /// The text with one base64url character at a place of `range` replaced by another.
    static func changingOne(of text: [UInt8], _ range: Range<Int>, _ random: inout RandomSource) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text = text
        var place = Int.random(in: range, using: &random)
        if text[place] == UInt8(ascii: ".") { place = range.lowerBound }
        let old = text[place]
        while text[place] == old { text[place] = alphabet[Int(random.next() % 64)] }
        return String(decoding: text, as: UTF8.self)
    }
}

private func sealed(
    _ what: String,
    _ expected: Expected,
    _ make: @escaping @Sendable (Registration, inout RandomSource) -> [UInt8]
) -> MutantChange {
    MutantChange(what, expected) { r, random in r.request.token.seal = .bytes(make(r, &random)) }
}

private func framed(_ what: String, _ change: @escaping @Sendable (String) -> String) -> MutantChange {
    MutantChange(what, .malformed(.compactJWS)) { r, _ in r.wrap(change(try r.request.compact())) }
}
