import PKIX
import Testing

/// Damaged certificates: each is refused or described, none stops the process.
@Suite struct MutationTests {
    /// A generator with a fixed seed, so that a failure is found again.
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }

    static let original =
        UnsignedCertificate {
            $0.extensions?.append(CertificateProfileTests.statements(OID.qcTypeWeb))
            $0.extensions?.append(
                DER.extensionItem(OID.authorityKeyIdentifier, DER.sequence(DER.element(0x80, [4, 5])))
            )
        }.der

    @Test("2,000 flipped bytes") func flippedBytes() {
        var generator = Generator(state: 22)
        var (described, refused) = (0, 0)
        for _ in 0..<2_000 {
            var der = Self.original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                der[Int.random(in: der.indices, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            }
            if let certificate = try? Certificate.decode(der) {
                described += 1
                _ = TransportCertificate(certificate: certificate, persistedChain: TransportFaultTests.record).faults
                _ = certificate.subject.rfc4514
                _ = certificate.serialNumber?.description
            } else {
                refused += 1
            }
        }
        #expect(described + refused == 2_000)
        #expect(described > 0 && refused > 0)
    }

    @Test("every prefix is refused") func prefixes() {
        for count in Self.original.indices {
            #expect(throws: CertificateFault.self) { try Certificate.decode(Array(Self.original.prefix(count))) }
        }
    }

    @Test("every byte flipped, in a name's string form") func names() {
        let text = Array("CN=a\\,b,2.5.4.97=#130141+OU=\"x y\",C=GB".utf8)
        for index in text.indices {
            for value in UInt8.min...UInt8.max {
                var changed = text
                changed[index] = value
                guard let name = try? DistinguishedName.parse(rfc4514: String(decoding: changed, as: UTF8.self)) else {
                    continue
                }
                #expect((try? DistinguishedName.parse(rfc4514: name.rfc4514))?.matches(name) == true, "\(name.rfc4514)")
            }
        }
    }
}
