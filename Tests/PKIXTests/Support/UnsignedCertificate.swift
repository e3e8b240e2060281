import Encoding
import PKIX

/// A certificate written field by field with a signature of zeros: for the decoder and the post-checks, which
/// verify nothing.
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
        return DER.sequence(tbs, outerAlgorithm ?? innerAlgorithm, DER.bits([UInt8](repeating: 0, count: 256)))
            + trailing
    }

    static func algorithm(_ oid: String) -> [UInt8] { DER.sequence(DER.oid(oid), DER.null) }

    static func rsaKey(bits: Int) -> [UInt8] {
        var modulus = Array((Hex.decode(sample) ?? []).prefix((bits + 7) / 8))
        while modulus.count < (bits + 7) / 8 { modulus.append(1) }
        if bits % 8 != 0 { modulus[0] = 0xFF >> UInt8(8 - bits % 8) }
        let lead: [UInt8] = modulus[0] & 0x80 != 0 ? [0] : []
        return DER.sequence(
            algorithm(OID.rsaEncryption),
            DER.bits(DER.sequence(DER.integer(lead + modulus), DER.integer([1, 0, 1])))
        )
    }

    /// The modulus of an RSA key of 2,048 bits that was made for this file and thrown away.
    private static let sample =
        "aa8ded8118ecc9b08088ae82abc7de2bcadd8e79b48df52bb46b7055e073bd6abcce7679eca2d074dc0bbcfdaef6e51d"
        + "5a227b7fdd4159910302731f1c88bc2b5fc150496e057d3c9425f504fa80e0795036d75b15a80dadae44d42a65c1a566"
        + "77b74f2e2365952456698f20244f15325bf7d9e6778d6fc37a8b46e867ee7b132c94c7055f312b36340037087ec64f1c"
        + "bbfc214585536c719ad633692580c46f69078f6d81f3e3aba210aba8e6e1777dda193bda4eb355936eb1c7e8bc712d1a"
        + "7f94c9ad54f586a6451700b549a5f4b398b70594a5e568b111d92dc4d9c370f112b789f0993bcb0a148f76be3c629257"
        + "f7ca95b7820abc1aa21648673f205d59"

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
