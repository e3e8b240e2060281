import PKIX

/// A certificate written field by field with a signature of zeros: for the decoder and the post-checks, which verify nothing.
struct UnsignedCertificate {
    var version: [UInt8] = DER.element(0xA0, DER.integer([2]))
    var serial: [UInt8] = DER.integer([0x59, 0xC7, 0x78, 0x6F])
    var innerAlgorithm = UnsignedCertificate.algorithm("1.2.840.113549.1.1.11")
    var outerAlgorithm: [UInt8]?
    var issuer = DER.name(
        ("2.5.4.6", DER.printable("GB")),
        ("2.5.4.10", DER.printable("OpenBanking")),
        ("2.5.4.3", DER.printable("OpenBanking Issuing CA"))
    )
    var notBefore = DER.utcTime("260202041410Z")
    var notAfter = DER.utcTime("270202044410Z")
    var subject = DER.name(
        ("2.5.4.6", DER.printable("GB")),
        ("2.5.4.10", DER.printable("OpenBanking")),
        ("2.5.4.11", DER.printable("0015800001041REAAY")),
        ("2.5.4.3", DER.printable("ebSqTNqmQXFYz6VtWGXZAa"))
    )
    var key = UnsignedCertificate.rsaKey(bits: 2_048)
    /// The extensions by identifier; nil leaves the whole field out.
    var extensions: [[UInt8]]? = [keyUsage([0x80], unused: 7), extendedKeyUsage([OID.serverAuth, OID.clientAuth])]
    var trailing: [UInt8] = []

    init(_ change: (inout UnsignedCertificate) -> Void = { _ in }) { change(&self) }

    var der: [UInt8] {
        let tbs = DER.sequence(
            version,
            serial,
            innerAlgorithm,
            issuer,
            DER.sequence(notBefore, notAfter),
            subject,
            key,
            extensions.map { DER.element(0xA3, DER.element(0x30, $0.flatMap { $0 })) } ?? []
        )
        return DER.sequence(tbs, outerAlgorithm ?? innerAlgorithm, DER.bits([UInt8](repeating: 0, count: 256))) + trailing
    }

    static func algorithm(_ oid: String) -> [UInt8] { DER.sequence(DER.oid(oid), DER.null) }

    static func rsaKey(bits: Int) -> [UInt8] {
        var modulus = [UInt8](repeating: 0xD5, count: (bits + 7) / 8)
        if bits % 8 != 0 { modulus[0] = 0xFF >> UInt8(8 - bits % 8) }
        let lead: [UInt8] = modulus[0] & 0x80 != 0 ? [0] : []
        return DER.sequence(
            algorithm(OID.rsaEncryption),
            DER.bits(DER.sequence(DER.integer(lead + modulus), DER.integer([1, 0, 1])))
        )
    }

    static func curveKey(_ curve: String) -> [UInt8] {
        DER.sequence(
            DER.sequence(DER.oid(OID.ecPublicKey), DER.oid(curve)),
            DER.bits([4] + [UInt8](repeating: 1, count: 64))
        )
    }

    static func keyUsage(_ flags: [UInt8], unused: UInt8) -> [UInt8] {
        DER.extensionItem(OID.keyUsage, critical: true, DER.bits(flags, unused: unused))
    }

    static func extendedKeyUsage(_ purposes: [String]) -> [UInt8] {
        DER.extensionItem(OID.extendedKeyUsage, critical: true, DER.element(0x30, purposes.flatMap(DER.oid)))
    }

    static func basicConstraints(authority: Bool, pathLength: UInt8? = nil) -> [UInt8] {
        DER.extensionItem(
            OID.basicConstraints,
            critical: true,
            DER.sequence(authority ? DER.boolean(true) : [], pathLength.map { DER.integer([$0]) } ?? [])
        )
    }
}
