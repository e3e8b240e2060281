import Crypto
import Encoding

/// Reads authorities from what an operator configured.
enum TrustAnchorReader {
    /// The certificates of `bodies`, each once, in the order given.
    static func certificates(_ bodies: [[UInt8]], firstIndex: Int = 0) throws(TrustFault) -> [Certificate] {
        var found: [Certificate] = []
        var seen: Set<SHA256Digest> = []
        for (offset, body) in bodies.enumerated() {
            for der in try encodings(body, index: firstIndex + offset) {
                let certificate = try authority(der, index: firstIndex + offset)
                if seen.insert(certificate.fingerprint).inserted { found.append(certificate) }
            }
        }
        return found
    }

    private static func encodings(_ body: [UInt8], index: Int) throws(TrustFault) -> [[UInt8]] {
        if body.first == DERTag.sequence { return [body] }
        let blocks: [[UInt8]]
        do throws(PEMError) { blocks = try PEM.certificates(in: ByteSlice(body)) } catch {
            throw .pem(error, index: index)
        }
        guard !blocks.isEmpty else { throw .noCertificate(index: index) }
        return blocks
    }

    private static func authority(_ der: [UInt8], index: Int) throws(TrustFault) -> Certificate {
        let certificate: Certificate
        do throws(CertificateFault) { certificate = try .decode(der) } catch { throw .certificate(error, index: index) }
        guard certificate.isAuthority, certificate.keyUsage?.contains(.keyCertSign) ?? true else {
            throw .notAuthority(certificate.subject.rfc4514, index: index)
        }
        if let reason = unfitness(of: certificate) { throw .unfitAnchor(reason, index: index) }
        return certificate
    }

    /// What speaks against an authority in its own words.
    private static func unfitness(of authority: Certificate) -> String? {
        if let purposes = authority.extendedKeyUsage,
            !purposes.contains(OID.clientAuth), !purposes.contains(OID.anyExtendedKeyUsage)
        {
            return "\(authority.subject.rfc4514) is not for certificates of TLS clients"
        }
        // RFC 5280 §4.2.1.1: only what is self-signed may leave the extension out, and nothing the identifier in it.
        guard let signer = authority.fields.extensions.authorityKeyIdentifier else {
            return authority.isSelfIssued ? nil : "\(authority.subject.rfc4514) has no authorityKeyIdentifier"
        }
        guard signer.key != nil else {
            return "\(authority.subject.rfc4514) has an authorityKeyIdentifier without a key identifier"
        }
        guard authority.isAnchor, let serial = signer.serial else { return nil }
        return authority.serial == Array(authority.der[serial])
            ? nil : "\(authority.subject.rfc4514) names another certificate as its signer"
    }
}
