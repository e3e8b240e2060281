package import Crypto
package import Encoding

/// Opens what was sealed to a key (RFC 7516 §5.2).
package struct JWEOpener: Sendable {
    private let key: PrivateKey
    private let algorithm: JWEKeyAlgorithm

    /// An opener with the recipient's private key.
    package init(_ key: PrivateKey) {
        self.key = key
        algorithm = JWEKeyAlgorithm(key.publicKey.kind)
    }

    /// Opens a compact JWE and returns what was sealed.
    ///
    /// The header must name the algorithm of this key and A256GCM. Whether the key or the content did not fit is not
    /// told (RFC 7516 §11.5).
    package func open(_ text: ByteSlice) throws(JWEFault) -> [UInt8] {
        let jwe = try CompactJWE.decode(text)
        let document = JSONDocument(limits: .request)
        do { try document.parse(base64url: jwe.header) } catch { throw .header }
        let header = document.root
        guard header.kind == .object, let named = header["alg"]?.text, let encryption = header["enc"]?.text else {
            throw .header
        }
        guard named.equals(algorithm.rawValue) else {
            throw .algorithm(Printable.text(named, limit: 32), expected: algorithm)
        }
        guard encryption.equals(CompactJWE.encryption) else {
            throw .encryption(Printable.text(encryption, limit: 32))
        }
        for name in ["crit", "zip"] where header[name] != nil { throw .unsupported(name) }
        let sealed = AESGCM.Sealed(ciphertext: jwe.ciphertext, tag: jwe.tag)
        guard let contentKey = try contentKey(jwe, header), contentKey.count == 32,
            let plaintext = AESGCM.open(sealed, key: contentKey, nonce: jwe.nonce, associated: jwe.header.bytes)
        else { throw .broken }
        return plaintext
    }

    private func contentKey(_ jwe: CompactJWE, _ header: JSONValue) throws(JWEFault) -> [UInt8]? {
        guard case .ec = key.publicKey.kind else { return RSAOAEP.decrypt(jwe.encryptedKey, with: key) }
        guard let member = header["epk"] else { throw .ephemeralKey }
        let ephemeral: PublicKey
        do throws(SkippedKey) {
            ephemeral = try JWKReader(limits: .standard).read(member, index: 0).key
        } catch {
            throw .ephemeralKey
        }
        let secret: [UInt8]
        do throws(CryptoError) { secret = try KeyAgreement.secret(key, ephemeral) } catch { throw .ephemeralKey }
        let wrapping = ConcatKDF.key(
            of: secret,
            algorithm: algorithm.rawValue,
            partyU: try party(header, "apu"),
            partyV: try party(header, "apv"),
            byteCount: 32
        )
        return AESKeyWrap.unwrap(jwe.encryptedKey, under: wrapping)
    }

    private func party(_ header: JSONValue, _ name: StaticString) throws(JWEFault) -> [UInt8] {
        guard let member = header[name] else { return [] }
        guard let text = member.text else { throw .header }
        do { return try Base64URL.decode(text.string) } catch { throw .header }
    }
}
