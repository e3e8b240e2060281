package import Encoding

/// A certificate revocation list to be issued (RFC 5280 §5).
package struct CRLTemplate: Sendable {
    /// One revoked certificate.
    package struct Entry: Equatable, Sendable {
        /// The serial number, most significant byte first.
        package var serial: [UInt8]
        /// When it was revoked.
        package var at: UnixTime
        /// The CRLReason (RFC 5280 §5.3.1); nil leaves the extension out.
        package var reason: UInt8?
        /// Entry extensions written as they are.
        package var extra: [ExtensionTemplate]

        /// Makes an entry.
        package init(serial: [UInt8], at: UnixTime, reason: UInt8? = nil, extra: [ExtensionTemplate] = []) {
            (self.serial, self.at, self.reason, self.extra) = (serial, at, reason, extra)
        }
    }

    /// The issuer's name.
    package var issuer: NameTemplate
    /// When the list was made.
    package var thisUpdate: UnixTime
    /// When the next one comes; nil leaves the field out.
    package var nextUpdate: UnixTime?
    /// The list's number; nil leaves the extension out.
    package var number: UInt64?
    /// The revoked certificates.
    package var entries: [Entry] = []
    /// Whether AuthorityKeyIdentifier is written.
    package var hasAuthorityKeyIdentifier = true
    /// Extensions written last, as they are.
    package var extra: [ExtensionTemplate] = []
    /// How the issuer signs.
    package var signature = SignatureTemplate()

    /// Makes an empty list.
    package init(issuer: NameTemplate, number: UInt64?, thisUpdate: UnixTime, nextUpdate: UnixTime?) {
        (self.issuer, self.number, self.thisUpdate, self.nextUpdate) = (issuer, number, thisUpdate, nextUpdate)
    }

    /// Returns the list in DER, signed with `key`.
    package func issue(by key: PrivateKey) throws(TemplateFault) -> [UInt8] {
        try signature.seal(with: key) { (algorithm) throws(TemplateFault) in
            var parts = [DERWriter.integer(1), algorithm, try issuer.der(), try DERWriter.time(thisUpdate)]
            if let nextUpdate { parts.append(try DERWriter.time(nextUpdate)) }
            var revoked: [[UInt8]] = []
            for entry in entries { revoked.append(try entry.der()) }
            if !revoked.isEmpty { parts.append(DERWriter.sequence(revoked)) }
            var extensions = hasAuthorityKeyIdentifier ? [ExtensionTemplate.authorityKeyIdentifier(key.publicKey)] : []
            if let number { extensions.append(ExtensionTemplate("2.5.29.20", DERWriter.integer(number))) }
            parts.append(try ExtensionTemplate.field(0xA0, extensions + extra))
            return DERWriter.sequence(parts)
        }
    }
}

extension CRLTemplate.Entry {
    fileprivate func der() throws(TemplateFault) -> [UInt8] {
        var extensions = extra
        if let reason { extensions.insert(ExtensionTemplate("2.5.29.21", DERWriter.element(0x0A, [reason])), at: 0) }
        var parts = [DERWriter.integer(serial), try DERWriter.time(at)]
        if !extensions.isEmpty { parts.append(try ExtensionTemplate.sequence(extensions)) }
        return DERWriter.sequence(parts)
    }
}
