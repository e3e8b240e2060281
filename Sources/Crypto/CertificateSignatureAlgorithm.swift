/// The signatures taken on certificates and revocation lists, each by the one DER form of its AlgorithmIdentifier.
///
/// RFC 4055 (RSA), RFC 5758 §3.2 (ECDSA). No MD5, no SHA-1, no DSA; PSS only with one hash for both and a salt as long
/// as it.
package enum CertificateSignatureAlgorithm: String, Sendable, CaseIterable {
    case rsaSHA256, rsaSHA384, rsaSHA512
    case pssSHA256, pssSHA384, pssSHA512
    case ecdsaSHA256, ecdsaSHA384, ecdsaSHA512

    /// Reads a complete AlgorithmIdentifier; nil when it is none of ours.
    package init?(_ identifier: [UInt8]) {
        guard let found = Self.allCases.first(where: { $0.identifier == identifier }) else { return nil }
        self = found
    }

    /// The AlgorithmIdentifier in DER.
    package var identifier: [UInt8] { Self.identifier(scheme) }

    var scheme: SignatureScheme {
        switch self {
        case .rsaSHA256: SignatureScheme(.pkcs1, .sha256)
        case .rsaSHA384: SignatureScheme(.pkcs1, .sha384)
        case .rsaSHA512: SignatureScheme(.pkcs1, .sha512)
        case .pssSHA256: SignatureScheme(.pss, .sha256)
        case .pssSHA384: SignatureScheme(.pss, .sha384)
        case .pssSHA512: SignatureScheme(.pss, .sha512)
        case .ecdsaSHA256: SignatureScheme(.ecdsa, .sha256)
        case .ecdsaSHA384: SignatureScheme(.ecdsa, .sha384)
        case .ecdsaSHA512: SignatureScheme(.ecdsa, .sha512)
        }
    }

    /// The AlgorithmIdentifier of any scheme, SHA-1 included: the templates write what we would not take.
    static func identifier(_ scheme: SignatureScheme) -> [UInt8] {
        let number = scheme.hash.rawValue
        switch scheme.padding {
        case .pkcs1:
            // 1.2.840.113549.1.1.5 (SHA-1), .11, .12, .13
            return DERWriter.sequence([pkcs1(scheme.hash == .sha1 ? 5 : 10 + number), DERWriter.null])
        case .ecdsa:
            // 1.2.840.10045.4.1 (SHA-1), 4.3.2, 4.3.3, 4.3.4
            let arcs: [UInt8] = scheme.hash == .sha1 ? [0x04, 0x01] : [0x04, 0x03, 1 + number]
            return DERWriter.sequence([DERWriter.element(0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D] + arcs)])
        case .pss:
            // 2.16.840.1.101.3.4.2.1 and following
            let identifier = DERWriter.element(0x06, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, number])
            let hash = DERWriter.sequence([identifier, DERWriter.null])
            let parameters = DERWriter.sequence([
                DERWriter.element(0xA0, hash),
                DERWriter.element(0xA1, DERWriter.sequence([pkcs1(8), hash])),
                DERWriter.element(0xA2, DERWriter.integer(UInt64(scheme.hash.byteCount))),
            ])
            return DERWriter.sequence([pkcs1(10), parameters])
        }
    }

    private static func pkcs1(_ arc: UInt8) -> [UInt8] {
        DERWriter.element(0x06, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, arc])
    }
}
