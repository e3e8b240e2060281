import Crypto
import Encoding
import PKIX
import Testing

@Suite struct RevocationListTests {
    static let now = TestAuthority.notBefore + 100_000

    static func list(
        number: UInt64? = 7,
        at start: UnixTime = now,
        nextUpdate: UnixTime? = now + 3 * 86_400,
        by key: PrivateKey = TestAuthority.issuingKey,
        _ change: (inout CRLTemplate) -> Void = { _ in }
    ) throws -> [UInt8] {
        var template = CRLTemplate(
            issuer: TestAuthority.issuingName,
            number: number,
            thisUpdate: start,
            nextUpdate: nextUpdate
        )
        change(&template)
        return try template.issue(by: key)
    }

    @Test func readsAListAndAnswers() throws {
        let issuer = try Certificate.decode(try TestAuthority.issuing())
        let list = try RevocationList.decode(
            try Self.list {
                $0.entries = [
                    .init(serial: [0x59, 0xC7], at: Self.now - 10, reason: 1), .init(serial: [1], at: Self.now - 20),
                    .init(serial: [UInt8](repeating: 0x7F, count: 20), at: Self.now - 30, reason: 6),
                ]
            }
        )
        try list.verify(signedBy: issuer)
        #expect(list.number == SerialNumber([7]))
        #expect(list.thisUpdate == Self.now)
        #expect(list.nextUpdate == Self.now + 3 * 86_400)
        #expect(list.issuer.commonName == "Test Issuing CA")
        #expect(list.authorityKeyIdentifier == issuer.subjectKeyIdentifier)
        #expect(list.serials.count == 3)
        let revoked = try Certificate.decode(try TestAuthority.leaf())
        #expect(list.state(of: revoked, at: Self.now) == .revoked(at: Self.now - 10, reason: .keyCompromise))
        let good = try Certificate.decode(try TestAuthority.leaf { $0.serial = [3] })
        #expect(list.state(of: good, at: Self.now) == .good(until: list.nextUpdate))
        #expect(list.state(of: good, at: list.nextUpdate) == .good(until: list.nextUpdate))
        #expect(list.state(of: good, at: list.nextUpdate + 1) == .stale(since: list.nextUpdate))
        let other = try Certificate.decode(try TestAuthority.leaf { $0.issuer = TestAuthority.rootName })
        #expect(list.state(of: other, at: Self.now) == .unknown)
        let otherKey = try Certificate.decode(try TestAuthority.leaf(by: TestAuthority.otherKey))
        #expect(list.state(of: otherKey, at: Self.now) == .unknown, "another key of the same name has its own list")
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let name: String
        let code: String
        let make: @Sendable () throws -> [UInt8]
        init(_ name: String, _ code: String, _ make: @escaping @Sendable () throws -> [UInt8]) {
            (self.name, self.code, self.make) = (name, code, make)
        }
        init(_ name: String, _ code: String, extensions: [ExtensionTemplate]) {
            self.init(name, code) { try list { $0.extra = extensions } }
        }
        init(_ name: String, _ code: String, entry: CRLTemplate.Entry) {
            self.init(name, code) { try list { $0.entries = [entry] } }
        }
        var testDescription: String { name }
    }

    static func entry(_ extra: ExtensionTemplate...) -> CRLTemplate.Entry {
        CRLTemplate.Entry(serial: [5], at: now, extra: extra)
    }

    @Test(
        "refuses",
        arguments: [
            Refusal("nothing", "der_truncated") { [] },
            Refusal("half a list", "der_truncated") { Array(try list().dropLast()) },
            Refusal("bytes left over", "der_trailing_bytes") { try list() + [0] },
            Refusal("no nextUpdate", "crl_next_update_missing") { try list(nextUpdate: nil) },
            Refusal("nextUpdate before thisUpdate", "crl_validity_reversed") { try list(nextUpdate: now - 1) },
            Refusal("no number", "crl_number_missing") { try list(number: nil) },
            Refusal("a negative number", "crl_number_invalid") {
                try list(number: nil) { $0.extra = [ExtensionTemplate(OID.crlNumber, DER.integer([0xFF]))] }
            },
            Refusal("a number of 21 octets", "crl_number_invalid") {
                try list(number: nil) {
                    $0.extra = [ExtensionTemplate(OID.crlNumber, DER.integer([UInt8](repeating: 1, count: 21)))]
                }
            },
            Refusal("a number that is none", "crl_malformed_extension") {
                try list(number: nil) { $0.extra = [ExtensionTemplate(OID.crlNumber, DER.utf8("7"))] }
            },
            Refusal("a critical number", "crl_malformed_extension") {
                try list(number: nil) {
                    $0.extra = [ExtensionTemplate(OID.crlNumber, critical: true, DER.integer([7]))]
                }
            },
            Refusal(
                "two numbers",
                "crl_duplicate_extension",
                extensions: [ExtensionTemplate(OID.crlNumber, DER.integer([8]))]
            ),
            Refusal(
                "a delta list",
                "crl_delta",
                extensions: [ExtensionTemplate(OID.deltaCRLIndicator, critical: true, DER.integer([1]))]
            ),
            Refusal(
                "a delta list that is not critical",
                "crl_delta",
                extensions: [ExtensionTemplate(OID.deltaCRLIndicator, DER.integer([1]))]
            ),
            Refusal(
                "an unknown critical extension",
                "crl_unknown_critical",
                extensions: [ExtensionTemplate("1.2.3", critical: true, DER.null)]
            ),
            Refusal(
                "an indirect list",
                "crl_indirect",
                extensions: [
                    ExtensionTemplate(
                        OID.issuingDistributionPoint,
                        critical: true,
                        DER.sequence(DER.element(0x84, [0xFF]))
                    )
                ]
            ),
            Refusal(
                "a list of no reason there is",
                "crl_partial",
                extensions: [
                    ExtensionTemplate(
                        OID.issuingDistributionPoint,
                        critical: true,
                        DER.sequence(DER.element(0x83, [7, 0x80]))
                    )
                ]
            ),
            Refusal(
                "a list of attribute certificates",
                "crl_partial",
                extensions: [
                    ExtensionTemplate(
                        OID.issuingDistributionPoint,
                        critical: true,
                        DER.sequence(DER.element(0x85, [0xFF]))
                    )
                ]
            ),
            Refusal(
                "a list of users and authorities only",
                "crl_malformed_extension",
                extensions: [
                    ExtensionTemplate(
                        OID.issuingDistributionPoint,
                        critical: true,
                        DER.sequence(DER.element(0x81, [0xFF]), DER.element(0x82, [0xFF]))
                    )
                ]
            ),
            Refusal(
                "a scope that is none",
                "der_tag",
                extensions: [ExtensionTemplate(OID.issuingDistributionPoint, critical: true, DER.null)]
            ),
            Refusal(
                "an unknown critical entry extension",
                "crl_unknown_critical_entry",
                entry: entry(ExtensionTemplate("1.2.3", critical: true, DER.null))
            ),
            Refusal(
                "an entry of another issuer",
                "crl_indirect",
                entry: entry(ExtensionTemplate(OID.certificateIssuer, critical: true, DER.sequence()))
            ),
            Refusal(
                "an entry taken off the list",
                "crl_malformed_extension",
                entry: entry(ExtensionTemplate(OID.reasonCode, DER.element(0x0A, [8])))
            ),
            Refusal(
                "a reason nobody knows",
                "crl_malformed_extension",
                entry: entry(ExtensionTemplate(OID.reasonCode, DER.element(0x0A, [7])))
            ),
            Refusal(
                "a reason that is no reason",
                "crl_malformed_extension",
                entry: entry(ExtensionTemplate(OID.reasonCode, DER.integer([1])))
            ),
            Refusal("a version 1 list", "crl_version") { try raw(version: []) },
            Refusal("a version 3 list", "der_integer") { try raw(version: DER.integer([2])) },
            Refusal("an empty list of entries", "der_truncated") { try raw(entries: DER.sequence()) },
            Refusal("algorithms that differ", "crl_algorithm_mismatch") {
                try raw(outer: UnsignedCertificate.algorithm(OID.sha512WithRSA))
            },
            Refusal("no issuer", "dn_empty") { try raw(issuer: DER.sequence()) },
            Refusal("an entry with a fractional time", "der_time") {
                try raw(entries: DER.sequence(DER.sequence(DER.integer([1]), DER.generalizedTime("20260101000000.1Z"))))
            },
        ]
    )
    func refuses(_ row: Refusal) throws {
        let der = try row.make()
        let fault = #expect(throws: RevocationFault.self) { try RevocationList.decode(der) }
        #expect(fault?.code == row.code)
    }

    /// A list written by hand with a signature of zeros.
    static func raw(
        version: [UInt8] = DER.integer([1]),
        issuer: [UInt8] = DER.name(("2.5.4.3", DER.utf8("x"))),
        entries: [UInt8] = [],
        outer: [UInt8] = UnsignedCertificate.algorithm(OID.sha256WithRSA)
    ) throws -> [UInt8] {
        let number = DER.element(0xA0, DER.sequence(DER.extensionItem(OID.crlNumber, DER.integer([7]))))
        let (start, end) = (DER.utcTime("260101000000Z"), DER.utcTime("260104000000Z"))
        let algorithm = UnsignedCertificate.algorithm(OID.sha256WithRSA)
        return DER.sequence(DER.sequence(version, algorithm, issuer, start, end, entries, number), outer, DER.bits([0]))
    }

    struct Signer: CustomTestStringConvertible, Sendable {
        let name: String
        let fault: RevocationFault
        let list: @Sendable () throws -> [UInt8]
        let issuer: @Sendable () throws -> [UInt8]
        init(
            _ name: String,
            _ fault: RevocationFault,
            list: @escaping @Sendable () throws -> [UInt8] = { try RevocationListTests.list() },
            issuer: @escaping @Sendable () throws -> [UInt8] = { try TestAuthority.issuing() }
        ) { (self.name, self.fault, self.list, self.issuer) = (name, fault, list, issuer) }
        var testDescription: String { name }
    }

    @Test(
        "does not trust",
        arguments: [
            Signer("a tampered entry", .signature) {
                var der = try list { $0.entries = [.init(serial: [0x41, 0x42, 0x43, 0x44], at: now)] }
                let at = try #require(der.indices.first { der[$0...].starts(with: [0x41, 0x42, 0x43, 0x44]) })
                der[at + 3] = 0x45
                return der
            },
            Signer("a tampered signature", .signature) {
                var der = try list()
                der[der.count - 1] ^= 1
                return der
            },
            Signer("another key", .signature) {
                try list(by: TestAuthority.otherKey) { $0.hasAuthorityKeyIdentifier = false }
            },
            Signer("another key that says so", .notIssuer) { try list(by: TestAuthority.otherKey) },
            Signer("another name", .notIssuer) { try list { $0.issuer = TestAuthority.rootName } },
            Signer(
                "an issuer that is no authority",
                .notIssuer,
                issuer: { try TestAuthority.leaf { $0.subject = TestAuthority.issuingName } }
            ),
            Signer(
                "an issuer that may not sign lists",
                .issuerMayNotSign,
                issuer: { try TestAuthority.issuing { $0.keyUsage = [.certificateSigning] } }
            ),
        ]
    )
    func doesNotTrust(_ row: Signer) throws {
        let list = try RevocationList.decode(try row.list())
        let issuer = try Certificate.decode(try row.issuer())
        #expect(throws: row.fault) { try list.verify(signedBy: issuer) }
    }

    @Test func aWeakSignatureIsNotTrusted() throws {
        let list = try RevocationList.decode(try Self.list { $0.signature = .init(.sha1) })
        let fault = #expect(throws: RevocationFault.self) {
            try list.verify(signedBy: try Certificate.decode(try TestAuthority.issuing()))
        }
        #expect(fault?.code == "crl_weak_signature")
    }

    @Test func anIssuerWithoutKeyUsageMaySign() throws {
        let issuer = try Certificate.decode(try TestAuthority.issuing { $0.keyUsage = nil })
        try RevocationList.decode(try Self.list()).verify(signedBy: issuer)
    }
}
