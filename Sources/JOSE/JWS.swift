package import Crypto
package import Encoding

/// Verifies a compact JWS in one call: for tokens read now and then, such as an id_token, and for tests.
///
/// The path of requests takes the same steps one by one, with kept buffers and a finding for each.
package enum JWS {
    /// A token whose signature verified.
    package struct Verified {
        /// The JSON document the header is in.
        package let header: JSONDocument
        /// The payload, decoded.
        package let payload: [UInt8]
        /// The key that verified it.
        package let key: VerificationKey
        package let algorithm: SignatureAlgorithm
    }

    /// What a token without a kid may be judged by.
    package enum Kidless: Sendable {
        /// Nothing: it is refused.
        case never
        /// The one key that has no kid and fits; several are refused (C10).
        case single
    }

    /// Verifies `text` with one of `keys`; the header chooses nothing but the kid and an allowed algorithm.
    package static func verify(
        _ text: ByteSlice,
        keys: KeySet,
        allowed: Set<SignatureAlgorithm> = [.PS256, .ES256],
        kidless: Kidless = .never,
        limits: JWSLimits = .standard,
        verifier: SignatureVerifier = SignatureVerifier()
    ) throws(JWSRefusal) -> Verified {
        let jws = try framed(text, limits)
        let document = JSONDocument()
        do {
            try document.parse(base64url: jws.header)
        } catch {
            throw .header(error)
        }
        guard let header = ProtectedHeader.read(document.root) else { throw .headerNotObject }
        let algorithm = try judged(header, allowed)
        let candidates = try chosen(header, algorithm, keys, kidless)
        let signature = try decoded(jws.signature) { .signatureEncoding($0) }
        let payload = try decoded(jws.payload) { .payload($0) }
        for key in candidates
        where verifier.verify(signature.all, over: jws.signingInput, with: key.key, algorithm) {
            return Verified(header: document, payload: payload.all.bytes, key: key, algorithm: algorithm)
        }
        throw .signature
    }

    private static func framed(_ text: ByteSlice, _ limits: JWSLimits) throws(JWSRefusal) -> CompactJWS {
        do {
            return try CompactJWS.decode(text, limits: limits)
        } catch {
            throw .framing(error)
        }
    }

    private static func judged(
        _ header: ProtectedHeader,
        _ allowed: Set<SignatureAlgorithm>
    ) throws(JWSRefusal) -> SignatureAlgorithm {
        guard let algorithm = header.signatureAlgorithm, allowed.contains(algorithm) else { throw .algorithm }
        if header.hasCritical { throw .critical }
        if header.unencodedPayload { throw .unencodedPayload }
        if let name = header.embedded { throw .embeddedKey(name) }
        if header.isEncrypted || header.contentType?.equalsIgnoringASCIICase("JWT") == true { throw .nested }
        return algorithm
    }

    private static func chosen(
        _ header: ProtectedHeader,
        _ algorithm: SignatureAlgorithm,
        _ keys: KeySet,
        _ kidless: Kidless
    ) throws(JWSRefusal) -> [VerificationKey] {
        var named: [VerificationKey]
        if let kid = header.keyID {
            guard (1...255).contains(kid.count) else { throw .keyID }
            named = Array(keys.candidates(kid: kid))
        } else {
            guard kidless == .single, !header.present.contains(.keyID) else { throw .keyID }
            named = keys.keys.filter { $0.kid == nil }
            if named.count > 1 { named.removeAll { $0.refusal(for: algorithm) != nil } }
            guard named.count <= 1 else { throw .keyID }
        }
        guard let first = named.first else { throw .unknownKey }
        let fit = named.filter { $0.refusal(for: algorithm) == nil }
        guard !fit.isEmpty else { throw .unfitKey(first.refusal(for: algorithm) ?? .kind) }
        return fit
    }

    private static func decoded(
        _ text: ByteSlice,
        _ refusal: (Base64Error) -> JWSRefusal
    ) throws(JWSRefusal) -> ByteBuffer {
        let buffer = ByteBuffer(capacity: text.count)
        do {
            try Base64URL.decode(text, into: buffer)
        } catch {
            throw refusal(error)
        }
        return buffer
    }
}
