/// Finds the public key inside an X.509 certificate by a walk over its outer DER, nothing more.
///
/// A key set must know whether `x5c[0]` holds the JWK's own key (RFC 7517 §4.7). Everything else about a certificate is
/// for the certificate decoder to say. Definite, minimal lengths only (X.690 §10.1); no byte may follow the certificate.
enum CertificateKey {
    /// The SubjectPublicKeyInfo of `certificate` as DER, or nil when the bytes are no certificate.
    static func subjectPublicKeyInfo(of certificate: [UInt8]) -> [UInt8]? {
        guard
            let outer = element(in: certificate[...], tag: sequence), outer.rest.isEmpty,
            let body = element(in: outer.content, tag: sequence)
        else { return nil }
        var fields = body.content
        if let version = element(in: fields, tag: contextZero) { fields = version.rest }
        // serialNumber, signature, issuer, validity, subject
        for tag in [integer, sequence, sequence, sequence, sequence] {
            guard let field = element(in: fields, tag: tag) else { return nil }
            fields = field.rest
        }
        return element(in: fields, tag: sequence).map { Array($0.whole) }
    }

    private static let integer: UInt8 = 0x02
    private static let sequence: UInt8 = 0x30
    private static let contextZero: UInt8 = 0xa0

    private typealias Element = (whole: ArraySlice<UInt8>, content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)

    private static func element(in bytes: ArraySlice<UInt8>, tag: UInt8) -> Element? {
        guard bytes.count >= 2, bytes[bytes.startIndex] == tag else { return nil }
        let first = bytes[bytes.startIndex + 1]
        var content = bytes.startIndex + 2
        var length = Int(first)
        if first >= 0x80 {
            let octets = Int(first & 0x7f)
            guard (1...3).contains(octets), bytes.endIndex - content >= octets else { return nil }
            length = bytes[content..<content + octets].reduce(0) { $0 << 8 | Int($1) }
            guard length >= 0x80, bytes[content] != 0 else { return nil }
            content += octets
        }
        guard length <= bytes.endIndex - content else { return nil }
        let end = content + length
        return (bytes[bytes.startIndex..<end], bytes[content..<end], bytes[end...])
    }
}
