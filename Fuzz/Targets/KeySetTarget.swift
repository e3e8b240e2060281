@testable import Crypto
@testable import Encoding
@testable import JOSE

extension FuzzTarget {
    /// JWK sets: every entry is a key or skipped, and every key is strong, public and the same when written again.
    static let keySet = FuzzTarget("keyset", byteLimit: 8_192) { bytes throws(BrokenProperty) in
        let set: JWKSet
        do throws(JWKSetFault) { set = try JWKSet.decode(bytes) } catch { return false }
        let places = (set.keys.map(\.index) + set.skipped.map(\.index)).sorted()
        try hold(places == Array(0..<places.count), "entries were lost or counted twice: \(places)")
        try hold(places.count <= JWKSetLimits.standard.keys, "more keys than the bound")
        for key in set.keys { try KeySetProperties.inspect(key) }
        for notice in set.notices {
            try hold(places.contains(notice.index), "a notice on entry \(notice.index), which is not there")
            try hold(Screen.isClean(notice.text), "a notice cannot be shown: \(notice.text.debugDescription)")
        }
        for skipped in set.skipped {
            try hold(Screen.isClean(skipped.text), "a reason cannot be shown: \(skipped.text.debugDescription)")
        }
        return !set.keys.isEmpty
    }
}

enum KeySetProperties {
    static func inspect(_ key: VerificationKey) throws(BrokenProperty) {
        if let kid = key.kid { try hold((1...255).contains(kid.count), "a kid of \(kid.count) bytes") }
        try hold(key.algorithm.map(Screen.isClean) ?? true, "an alg that cannot be shown")
        if case .rsa(let modulus, let exponent) = key.key.material {
            try hold((2048...8192).contains(modulus.count * 8), "RSA of \(modulus.count) bytes")
            try hold(modulus.last.map { $0 & 1 } == 1 && exponent.last.map { $0 & 1 } == 1, "an even RSA number")
        }
        let again = try must("cannot read what was written") { () throws(JWKSetFault) in
            try JWKSet.decode(Array("{\"keys\":[\(jwk(key))]}".utf8))
        }
        try hold(again.keys.first?.key.spkiSHA256 == key.key.spkiSHA256, "another key")
        try hold(again.keys.first?.thumbprint == key.thumbprint, "another thumbprint")
        guard let certificate = key.certificate else { return }
        try hold(key.certificateFingerprint == SHA256Digest.of(certificate), "another fingerprint")
    }

    private static func jwk(_ key: VerificationKey) -> String {
        switch key.key.material {
        case .rsa(let modulus, let exponent):
            "{\"kty\":\"RSA\",\"n\":\"\(Base64URL.encode(modulus))\",\"e\":\"\(Base64URL.encode(exponent))\"}"
        case .ec(let curve, let x, let y):
            "{\"kty\":\"EC\",\"crv\":\"\(curve.rawValue)\",\"x\":\"\(Base64URL.encode(x))\",\"y\":\"\(Base64URL.encode(y))\"}"
        }
    }
}

/// What may reach a terminal or a log.
enum Screen {
    /// True for text without control characters and without what turns the direction of writing.
    static func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: false
            default: true
            }
        }
    }
}
