import Crypto
import Encoding

/// Reads one entry of a key set into a key, or says why it is skipped.
struct JWKReader {
    let limits: JWKSetLimits

    /// The members only a private or symmetric key has (RFC 7518 §6; `priv` is of AKP).
    private static let secretMembers: [StaticString] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"]

    /// Decodes `jwk`, entry `index` of the set.
    func read(_ jwk: JSONValue, index: Int) throws(SkippedKey) -> VerificationKey {
        guard jwk.kind == .object else { throw skip(index, .notObject, "the entry is not an object") }
        let kid = usableKeyID(jwk)
        let type = jwk["kty"]?.text
        if let type, type.equals("oct") { throw skip(index, .symmetric, "a symmetric key was published", kid) }
        for name in Self.secretMembers where jwk[name] != nil {
            throw skip(index, .privateMembers, "the private member \(name) was published", kid)
        }
        let attributes = try self.attributes(jwk, index, kid)
        guard let type else { throw skip(index, .member, "kty is missing or not a string", kid) }

        var noted = attributes
        let key: PublicKey
        if type.equals("RSA") {
            key = try rsa(jwk, index, &noted)
        } else if type.equals("EC") {
            key = try ec(jwk, index, kid)
        } else {
            throw skip(index, .unknownType, "kty \(Printable.text(type, limit: 32)) is not used here", kid)
        }
        let chain = KeyChain(of: jwk, index: index, limits: limits)
        if let spki = chain.subjectPublicKeyInfo, spki != key.spki {
            throw skip(index, .certificateMismatch, "x5c[0] does not hold the key of the entry", kid, key.spkiSHA256)
        }
        return VerificationKey(index: index, attributes: noted, key: key, chain: chain)
    }

    private func rsa(_ jwk: JSONValue, _ index: Int, _ noted: inout KeyAttributes) throws(SkippedKey) -> PublicKey {
        let modulus = try number(jwk, "n", index, noted.kid)
        let exponent = try number(jwk, "e", index, noted.kid)
        for (name, bytes) in [("n", modulus), ("e", exponent)] where bytes.first == 0 {
            noted.notices.append(
                KeyNotice(index: index, code: .leadingZero, text: "\(name) has leading zero bytes")
            )
        }
        return try fit(index, noted.kid) { () throws(KeyFault) in
            try .rsa(modulus: Array(modulus.drop { $0 == 0 }), exponent: Array(exponent.drop { $0 == 0 }))
        }
    }

    private func ec(_ jwk: JSONValue, _ index: Int, _ kid: [UInt8]?) throws(SkippedKey) -> PublicKey {
        guard let name = jwk["crv"]?.text else {
            throw skip(index, .member, "crv is missing or not a string", kid)
        }
        guard let curve = EllipticCurve(rawValue: name.string) else {
            throw skip(index, .unknownCurve, "crv \(Printable.text(name, limit: 32)) is not used here", kid)
        }
        let x = try number(jwk, "x", index, kid)
        let y = try number(jwk, "y", index, kid)
        return try fit(index, kid) { () throws(KeyFault) in try .ec(curve, x: x, y: y) }
    }

    private func fit(
        _ index: Int,
        _ kid: [UInt8]?,
        _ make: () throws(KeyFault) -> PublicKey
    ) throws(SkippedKey) -> PublicKey {
        do throws(KeyFault) {
            return try make()
        } catch {
            throw skip(index, .unfit, "the key is unfit: \(error)", kid)
        }
    }

    private func number(
        _ jwk: JSONValue,
        _ name: StaticString,
        _ index: Int,
        _ kid: [UInt8]?
    ) throws(SkippedKey) -> [UInt8] {
        guard let text = jwk[name]?.text else {
            throw skip(index, .member, "\(name) is missing or not a string", kid)
        }
        do {
            return try Base64URL.decode(text.string)
        } catch {
            throw skip(index, .encoding, "\(name) is not base64url: \(error)", kid)
        }
    }

    private func attributes(_ jwk: JSONValue, _ index: Int, _ kid: [UInt8]?) throws(SkippedKey) -> KeyAttributes {
        if jwk["kid"] != nil, kid == nil {
            throw skip(index, .keyID, "kid is not a string of 1 to \(limits.keyIDBytes) bytes")
        }
        var attributes = KeyAttributes(kid: kid)
        if let member = jwk["use"] {
            guard let text = member.text else { throw skip(index, .member, "use is not a string", kid) }
            attributes.use = KeyUse(Printable.text(text, limit: 32))
        }
        if let member = jwk["alg"] {
            guard let text = member.text else { throw skip(index, .member, "alg is not a string", kid) }
            attributes.algorithm = Printable.text(text, limit: 32)
        }
        if let member = jwk["key_ops"] {
            var operations: KeyOperations = []
            var isTexts = member.kind == .array
            member.forEachElement { element in
                if let text = element.text { operations.insert(.named(text.string)) } else { isTexts = false }
            }
            guard isTexts else { throw skip(index, .member, "key_ops is not an array of strings", kid) }
            attributes.keyOperations = operations
        }
        let (lifetime, unreadable) = KeyLifetime.read(jwk)
        attributes.lifetime = lifetime
        for name in unreadable {
            attributes.notices.append(
                KeyNotice(index: index, code: .lifetimeUnreadable, text: "\(name) is not a time; it bounds nothing")
            )
        }
        return attributes
    }

    private func usableKeyID(_ jwk: JSONValue) -> [UInt8]? {
        guard let text = jwk["kid"]?.text, !text.isEmpty, text.count <= limits.keyIDBytes else { return nil }
        return text.bytes
    }

    private func skip(
        _ index: Int,
        _ code: SkippedKey.Code,
        _ text: String,
        _ kid: [UInt8]? = nil,
        _ spki: SHA256Digest? = nil
    ) -> SkippedKey {
        SkippedKey(index: index, code: code, text: text, keyID: kid, spki: spki)
    }
}
