package import Crypto
package import Encoding

/// Who results are sealed to: one public JWK (RFC 7517), RSA or EC.
///
/// Sealing makes a compact JWE (RFC 7516 §7.1) with A256GCM and a content key of its own each time. It keeps a text from
/// everybody but the recipient; it does not say who wrote it, for anybody who knows the JWK can seal.
package struct JWERecipient: Sendable {
    /// The most bytes a JWK may have.
    package static let byteLimit = 64 << 10

    /// The recipient's key.
    package let key: PublicKey
    /// The JWK's `kid`, which the header repeats; nil where it has none.
    package let keyID: [UInt8]?
    /// The algorithm that goes with the key.
    package let algorithm: JWEKeyAlgorithm
    /// The JWK thumbprint with SHA-256 (RFC 7638).
    package let thumbprint: SHA256Digest

    /// What people know it by: the kid, or the thumbprint.
    package var name: String { keyID.map { Printable.text(ByteSlice($0)) } ?? Base64URL.encode(thumbprint.bytes) }

    /// A recipient by its key.
    package init(_ key: PublicKey, keyID: [UInt8]? = nil) {
        self.key = key
        self.keyID = keyID
        algorithm = JWEKeyAlgorithm(key.kind)
        thumbprint = Thumbprint.sha256(key.material)
    }

    /// Reads a public JWK; one that holds a private key is refused, for it has no place where results are sealed.
    package static func decode(_ jwk: [UInt8]) throws(JWEKeyFault) -> JWERecipient {
        guard jwk.count <= byteLimit else { throw .tooLarge(limit: byteLimit) }
        let document = JSONDocument(limits: .keySet)
        do { try document.parse(jwk) } catch { throw .json(error) }
        let read: VerificationKey
        do throws(SkippedKey) {
            read = try JWKReader(limits: .standard).read(document.root, index: 0)
        } catch {
            throw error.isCritical ? .privateKey : .key(error.text)
        }
        let recipient = JWERecipient(read.key, keyID: read.kid)
        switch read.use {
        case .enc, .none: break
        case .sig, .tls, .other: throw .use(read.use.name)
        }
        if let name = read.algorithm, name != recipient.algorithm.rawValue {
            throw .algorithm(name, expected: recipient.algorithm)
        }
        // wrapKey, encrypt, deriveKey and deriveBits are all "other" to a verifier.
        if let operations = read.keyOperations, !operations.contains(.other) { throw .operations }
        return recipient
    }

    /// Seals `plaintext`, `contentType` telling what it is (RFC 7516 §4.1.12), and returns the compact JWE.
    package func seal(_ plaintext: [UInt8], contentType: StaticString? = "json") throws(SealingFault) -> ByteSlice {
        do throws(CryptoError) {
            return try sealed(plaintext, contentType)
        } catch {
            throw SealingFault(reason: error)
        }
    }

    private func sealed(_ plaintext: [UInt8], _ contentType: StaticString?) throws(CryptoError) -> ByteSlice {
        let contentKey = try SecureRandom.bytes(32)
        let nonce = try SecureRandom.bytes(AESGCM.nonceByteCount)
        let (encryptedKey, ephemeral) = try give(contentKey)
        let jwe = ByteBuffer(capacity: plaintext.count / 3 * 4 + 1024)
        Base64URL.encode(header(contentType, ephemeral), into: jwe)
        let associated = jwe.all.bytes
        let sealed = try AESGCM.seal(plaintext, key: contentKey, nonce: nonce, associated: associated)
        for part in [encryptedKey, nonce, sealed.ciphertext, sealed.tag] {
            jwe.append(UInt8(ascii: "."))
            Base64URL.encode(ByteSlice(part), into: jwe)
        }
        return jwe.all
    }

    /// The content key as the recipient gets it, and the ephemeral key they need for it.
    private func give(_ contentKey: [UInt8]) throws(CryptoError) -> ([UInt8], ephemeral: PublicKey?) {
        switch key.kind {
        case .rsa: return (try RSAOAEP.encrypt(contentKey, to: key), nil)
        case .ec(let curve):
            let ephemeral = try PrivateKey.generateEC(curve)
            let secret = try KeyAgreement.secret(ephemeral, key)
            let wrapping = ConcatKDF.key(of: secret, algorithm: algorithm.rawValue, byteCount: 32)
            return (try AESKeyWrap.wrap(contentKey, under: wrapping), ephemeral.publicKey)
        }
    }

    private func header(_ contentType: StaticString?, _ ephemeral: PublicKey?) -> ByteSlice {
        let buffer = ByteBuffer(capacity: 512)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("alg", algorithm.rawValue)
        json.member("enc", CompactJWE.encryption)
        if let keyID { json.member("kid", ByteSlice(keyID)) }
        if let contentType {
            json.name("cty")
            json.string(contentType)
        }
        if let ephemeral {
            json.name("epk")
            PublicJWK.write(ephemeral, to: &json)
        }
        json.endObject()
        return buffer.all
    }
}
