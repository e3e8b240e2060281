/// One extension to be written (RFC 5280 §4.2).
package struct ExtensionTemplate: Equatable, Sendable {
    /// The type in dotted form.
    package var oid: String
    /// Whether a reader that does not know it must refuse the certificate.
    package var isCritical: Bool
    /// The DER inside the OCTET STRING.
    package var value: [UInt8]

    /// Makes an extension.
    package init(_ oid: String, critical isCritical: Bool = false, _ value: [UInt8]) {
        (self.oid, self.isCritical, self.value) = (oid, isCritical, value)
    }

    func der() throws(TemplateFault) -> [UInt8] {
        let type = try DERWriter.objectIdentifier(oid)
        return DERWriter.sequence([type, isCritical ? DERWriter.yes : [], DERWriter.octetString(value)])
    }

    /// Returns the Extensions field inside its context tag; nothing when there are none.
    static func field(_ tag: UInt8, _ extensions: [ExtensionTemplate]) throws(TemplateFault) -> [UInt8] {
        guard !extensions.isEmpty else { return [] }
        return DERWriter.element(tag, try sequence(extensions))
    }

    /// Returns the Extensions sequence.
    static func sequence(_ extensions: [ExtensionTemplate]) throws(TemplateFault) -> [UInt8] {
        var parts: [[UInt8]] = []
        for one in extensions { parts.append(try one.der()) }
        return DERWriter.sequence(parts)
    }

    /// The key identifier of RFC 5280 §4.2.1.2, method 1: the SHA-1 of the key's bits.
    static func keyIdentifier(_ key: PublicKey) -> [UInt8] {
        Digest.sha1(SubjectPublicKeyInfo.keyBits(key.material))
    }

    static func authorityKeyIdentifier(_ key: PublicKey) -> ExtensionTemplate {
        ExtensionTemplate("2.5.29.35", DERWriter.sequence([DERWriter.element(0x80, keyIdentifier(key))]))
    }
}
