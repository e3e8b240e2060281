import Glibc

extension CertificateTemplate {
    /// Returns the extensions of the template in the order they are written.
    func extensions(issuer: PublicKey) throws(TemplateFault) -> [ExtensionTemplate] {
        var list: [ExtensionTemplate] = []
        if let constraints {
            list.append(ExtensionTemplate("2.5.29.19", critical: true, constraints.der))
        }
        if let keyUsage {
            list.append(ExtensionTemplate("2.5.29.15", critical: true, keyUsage.der))
        }
        if let extendedKeyUsage {
            let value = try Self.identifiers(extendedKeyUsage)
            list.append(ExtensionTemplate("2.5.29.37", critical: isExtendedKeyUsageCritical, value))
        }
        if hasSubjectKeyIdentifier {
            let identifier = ExtensionTemplate.keyIdentifier(publicKey)
            list.append(ExtensionTemplate("2.5.29.14", DERWriter.octetString(identifier)))
        }
        if hasAuthorityKeyIdentifier {
            list.append(.authorityKeyIdentifier(issuer))
        }
        if !policies.isEmpty {
            var parts: [[UInt8]] = []
            for policy in policies { parts.append(DERWriter.sequence([try DERWriter.objectIdentifier(policy)])) }
            list.append(ExtensionTemplate("2.5.29.32", DERWriter.sequence(parts)))
        }
        if let qcStatements {
            list.append(ExtensionTemplate("1.3.6.1.5.5.7.1.3", try qcStatements.der()))
        }
        if !alternativeNames.isEmpty {
            var parts: [[UInt8]] = []
            for name in alternativeNames { parts.append(try name.der()) }
            list.append(ExtensionTemplate("2.5.29.17", DERWriter.sequence(parts)))
        }
        if !crlDistributionPoints.isEmpty {
            let points = crlDistributionPoints.map { url in
                DERWriter.sequence([DERWriter.element(0xA0, DERWriter.element(0xA0, Self.url(url)))])
            }
            list.append(ExtensionTemplate("2.5.29.31", DERWriter.sequence(points)))
        }
        let access = try authorityInformation()
        if !access.isEmpty {
            list.append(ExtensionTemplate("1.3.6.1.5.5.7.1.1", DERWriter.sequence(access)))
        }
        return list + extra
    }

    private func authorityInformation() throws(TemplateFault) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        for (method, location) in [("1.3.6.1.5.5.7.48.1", ocspResponder), ("1.3.6.1.5.5.7.48.2", issuerCertificate)] {
            guard let location else { continue }
            parts.append(DERWriter.sequence([try DERWriter.objectIdentifier(method), Self.url(location)]))
        }
        return parts
    }

    private static func identifiers(_ list: [String]) throws(TemplateFault) -> [UInt8] {
        var parts: [[UInt8]] = []
        for dotted in list { parts.append(try DERWriter.objectIdentifier(dotted)) }
        return DERWriter.sequence(parts)
    }

    /// A GeneralName with a URI.
    private static func url(_ text: String) -> [UInt8] { DERWriter.element(0x86, Array(text.utf8)) }
}

extension CertificateTemplate.Constraints {
    fileprivate var der: [UInt8] {
        let length = pathLength.map { DERWriter.integer(UInt64($0)) }
        return DERWriter.sequence([isAuthority ? DERWriter.yes : [], length ?? []])
    }
}

extension CertificateTemplate.Usage {
    /// A BIT STRING without trailing zero bits (X.690 §11.2.2).
    fileprivate var der: [UInt8] {
        let bits = (0..<9).map { rawValue >> $0 & 1 == 1 }
        guard let last = bits.lastIndex(of: true) else { return [0x03, 0x01, 0x00] }
        var bytes = [UInt8](repeating: 0, count: last / 8 + 1)
        for at in 0...last where bits[at] { bytes[at / 8] |= 0x80 >> UInt8(at % 8) }
        return DERWriter.element(0x03, [UInt8(7 - last % 8)] + bytes)
    }
}

extension CertificateTemplate.AlternativeName {
    fileprivate func der() throws(TemplateFault) -> [UInt8] {
        switch self {
        case .dns(let name): return DERWriter.element(0x82, Array(name.utf8))
        case .uri(let text): return DERWriter.element(0x86, Array(text.utf8))
        case .address(let text):
            for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
                var bytes = [UInt8](repeating: 0, count: count)
                if unsafe inet_pton(family, text, &bytes) == 1 { return DERWriter.element(0x87, bytes) }
            }
            throw .address(text)
        }
    }
}
