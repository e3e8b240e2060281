package import Crypto
package import Encoding

/// A complete X.509 revocation list of one issuer, decoded by a strict walk of its own (RFC 5280 §5).
///
/// Nothing about it is trusted until `verify` succeeded. Delta and indirect lists, lists without a number or
/// without nextUpdate, and lists with an unknown critical extension, of the list or of an entry, are refused by
/// `decode`.
package struct RevocationList: Sendable {
    /// Longest list read, in bytes.
    package static let byteLimit = 64 * 1024 * 1024

    /// SHA-256 of the list as read.
    package let fingerprint: SHA256Digest
    package let issuer: DistinguishedName
    /// The issuer name as encoded.
    package let issuerDER: [UInt8]
    package let authorityKeyIdentifier: [UInt8]?
    /// The list's number, which never falls.
    package let number: SerialNumber
    package let thisUpdate: UnixTime
    /// When a newer list will be there at the latest; past it this one is stale.
    package let nextUpdate: UnixTime
    package let scope: RevocationScope
    /// The number of the complete list it amends; nil for a complete list, which is all the product takes.
    let base: SerialNumber?
    package let serials: RevokedSerials
    /// Entries passed over because their serial is zero, negative or longer than 20 octets; such certificates are
    /// refused anyway.
    package let oddEntries: Int
    let signedBytes: [UInt8]
    let signature: [UInt8]
    let algorithmIdentifier: [UInt8]

    /// Decodes one list; nothing may precede or follow it.
    package static func decode(_ der: [UInt8]) throws(RevocationFault) -> RevocationList {
        try decode(der, settings: .standard)
    }

    static func decode(_ der: [UInt8], settings: RevocationSettings) throws(RevocationFault) -> RevocationList {
        guard der.count <= byteLimit else { throw .tooLarge(limit: byteLimit) }
        var decoder = RevocationListDecoder(der, settings: settings)
        return try decoder.decode()
    }

    /// Checks that `issuer` may sign this list and did.
    ///
    /// The issuer must bear the same name and key identifier, and be an authority whose keyUsage, where it has one,
    /// allows signing lists, or another certificate whose keyUsage says so (RFC 5280 §6.3.3 (f)).
    package func verify(signedBy issuer: Certificate) throws(RevocationFault) {
        guard issuer.isAuthority || issuer.keyUsage != nil, issuer.subject.matches(self.issuer) else {
            throw .notIssuer
        }
        if let mine = authorityKeyIdentifier, let theirs = issuer.subjectKeyIdentifier, mine != theirs {
            throw .notIssuer
        }
        guard issuer.keyUsage?.contains(.crlSign) ?? true else { throw .issuerMayNotSign }
        let key: PublicKey
        do throws(KeyFault) { key = try PublicKey.spki(issuer.spki) } catch { throw .issuerKey }
        try verify(with: key)
    }

    /// Checks the signature alone.
    package func verify(with key: PublicKey) throws(RevocationFault) {
        guard let algorithm = CertificateSignatureAlgorithm(algorithmIdentifier) else {
            throw .weakSignature(Hex.encode(algorithmIdentifier))
        }
        let isGood = SignatureVerifier().verify(
            ByteSlice(signature),
            over: ByteSlice(signedBytes),
            with: key,
            certificate: algorithm
        )
        guard isGood else { throw .signature }
    }

    /// True when this list is the same as or newer than one with `number` and `thisUpdate`: an older one must never
    /// take its place.
    package func mayReplace(number: SerialNumber, thisUpdate: UnixTime) -> Bool {
        self.number >= number && self.thisUpdate >= thisUpdate
    }

    /// True when `certificate` has this list's issuer and is one the list speaks for.
    package func covers(_ certificate: Certificate) -> Bool { covers(certificate, byOtherKey: false) }

    func covers(_ certificate: Certificate, byOtherKey: Bool) -> Bool {
        guard certificate.issuerDER == issuerDER || certificate.issuer.matches(issuer) else { return false }
        guard scope.covers(certificate) else { return false }
        guard !byOtherKey, let mine = authorityKeyIdentifier, let theirs = certificate.authorityKeyIdentifier else {
            return true
        }
        return mine == theirs
    }

    /// True when it is a delta to `list`, which must be of the same issuer and key.
    func amends(_ list: RevocationList) -> Bool {
        guard let base, list.base == nil, scope == list.scope else { return false }
        return base <= list.number && list.number < number && authorityKeyIdentifier == list.authorityKeyIdentifier
    }

    /// What the list says of `certificate` at `now`; the list must have been verified before.
    package func state(of certificate: Certificate, at now: UnixTime) -> RevocationState {
        covers(certificate) ? entry(of: certificate, at: now) : .unknown
    }

    /// What the list says of a certificate it covers.
    func entry(of certificate: Certificate, at now: UnixTime) -> RevocationState {
        guard let serial = certificate.serialNumber else { return .unknown }
        if let entry = serials[serial] { return .revoked(at: entry.revokedAt, reason: entry.reason) }
        return RevocationState.good(until: nextUpdate).asOf(now)
    }
}
