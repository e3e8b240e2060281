@testable import Crypto
import Encoding
import Testing

struct PublicKeyTests {
    struct RSARow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let modulus: [UInt8]
        let exponent: [UInt8]
        var bounds = RSABounds.standard
        let fault: KeyFault?
    }

    /// A number of `bits` bits without small factors: 2^(bits-1) + d for a fitting odd d.
    static func number(bits: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (bits + 7) / 8)
        bytes[0] = 1 << UInt8((bits - 1) % 8)
        bytes[bytes.count - 1] |= 1
        while (try? SmallPrimes.check(bytes)) == nil {
            let (low, overflow) = bytes[bytes.count - 1].addingReportingOverflow(2)
            bytes[bytes.count - 1] = low
            if overflow { bytes[bytes.count - 2] += 1 }
        }
        return bytes
    }

    static let rsaRows = [
        RSARow(testDescription: "2,048 bits", modulus: number(bits: 2048), exponent: [1, 0, 1], fault: nil),
        RSARow(
            testDescription: "2,047 bits",
            modulus: number(bits: 2047),
            exponent: [1, 0, 1],
            fault: .rsaTooSmall(bits: 2047)
        ),
        RSARow(
            testDescription: "1,024 bits",
            modulus: number(bits: 1024),
            exponent: [1, 0, 1],
            fault: .rsaTooSmall(bits: 1024)
        ),
        RSARow(testDescription: "8,192 bits", modulus: number(bits: 8192), exponent: [1, 0, 1], fault: nil),
        RSARow(
            testDescription: "8,193 bits",
            modulus: number(bits: 8193),
            exponent: [1, 0, 1],
            fault: .rsaTooLarge(bits: 8193)
        ),
        RSARow(
            testDescription: "16,384 bits",
            modulus: number(bits: 16384),
            exponent: [1, 0, 1],
            fault: .rsaTooLarge(bits: 16384)
        ),
        RSARow(testDescription: "no modulus", modulus: [], exponent: [1, 0, 1], fault: .malformed),
        RSARow(testDescription: "no exponent", modulus: number(bits: 2048), exponent: [], fault: .malformed),
        RSARow(
            testDescription: "modulus with a leading zero",
            modulus: [0] + number(bits: 2048),
            exponent: [1, 0, 1],
            fault: .leadingZero
        ),
        RSARow(
            testDescription: "exponent with a leading zero",
            modulus: number(bits: 2048),
            exponent: [0, 1, 0, 1],
            fault: .leadingZero
        ),
        RSARow(
            testDescription: "even modulus",
            modulus: number(bits: 2048).dropLast() + [2],
            exponent: [1, 0, 1],
            fault: .smallFactor(2)
        ),
        RSARow(testDescription: "e = 1", modulus: number(bits: 2048), exponent: [1], fault: .exponent),
        RSARow(testDescription: "e = 2", modulus: number(bits: 2048), exponent: [2], fault: .exponent),
        RSARow(testDescription: "e = 3", modulus: number(bits: 2048), exponent: [3], fault: .exponent),
        RSARow(
            testDescription: "e = 3 where it is allowed",
            modulus: number(bits: 2048),
            exponent: [3],
            bounds: RSABounds(minimumExponent: 3),
            fault: nil
        ),
        RSARow(testDescription: "e = 65535", modulus: number(bits: 2048), exponent: [0xFF, 0xFF], fault: .exponent),
        RSARow(testDescription: "e = 65538, even", modulus: number(bits: 2048), exponent: [1, 0, 2], fault: .exponent),
        RSARow(
            testDescription: "e = 2^32 - 1",
            modulus: number(bits: 2048),
            exponent: [255, 255, 255, 255],
            fault: nil
        ),
        RSARow(
            testDescription: "e = 2^32 + 1",
            modulus: number(bits: 2048),
            exponent: [1, 0, 0, 0, 1],
            fault: .exponent
        ),
        RSARow(
            testDescription: "e as long as the modulus",
            modulus: number(bits: 2048),
            exponent: number(bits: 2047),
            fault: .exponent
        ),
    ]

    @Test("RSA keys keep the bounds", arguments: rsaRows)
    func rsa(_ row: RSARow) {
        #expect(
            fault { () throws(KeyFault) in
                try PublicKey.rsa(modulus: row.modulus, exponent: row.exponent, bounds: row.bounds)
            } == row.fault
        )
    }

    struct ECRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let curve: EllipticCurve
        let x: [UInt8]
        let y: [UInt8]
        let fault: KeyFault?
    }

    static let ecRows: [ECRow] = {
        guard case .ec(_, let x, let y) = Fixture.p256.publicKey.material else { return [] }
        let prime: [UInt8] = Hex.decode("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff") ?? []
        var off = y
        off[31] ^= 1
        let nothing = [UInt8](repeating: 0, count: 32)
        return [
            ECRow(testDescription: "a point of the curve", curve: .p256, x: x, y: y, fault: nil),
            ECRow(testDescription: "beside the curve", curve: .p256, x: x, y: off, fault: .notOnCurve),
            ECRow(testDescription: "both zero", curve: .p256, x: nothing, y: nothing, fault: .notOnCurve),
            ECRow(testDescription: "x not below the field's prime", curve: .p256, x: prime, y: y, fault: .notOnCurve),
            ECRow(testDescription: "x short", curve: .p256, x: Array(x.dropLast()), y: y, fault: .coordinateLength(31)),
            ECRow(testDescription: "y long", curve: .p256, x: x, y: [0] + y, fault: .coordinateLength(33)),
            ECRow(testDescription: "of another curve", curve: .p384, x: x, y: y, fault: .coordinateLength(32)),
            ECRow(testDescription: "empty", curve: .p256, x: [], y: [], fault: .coordinateLength(0)),
        ]
    }()

    @Test("EC keys lie on their curve", arguments: ecRows)
    func ec(_ row: ECRow) {
        #expect(fault { () throws(KeyFault) in try PublicKey.ec(row.curve, x: row.x, y: row.y) } == row.fault)
    }

    @Test("SubjectPublicKeyInfo round trip", arguments: [Fixture.rsa, Fixture.p256, Fixture.p384, Fixture.p521])
    func spki(_ pair: PrivateKey) throws {
        let key = try PublicKey.spki(pair.publicKey.spki)
        #expect(key.material == pair.publicKey.material)
        #expect(key.kind == pair.publicKey.kind)
        #expect(key.spkiSHA256 == pair.publicKey.spkiSHA256)
        #expect(key.number != pair.publicKey.number)
    }

    @Test("a restored key is the same key and verifies the same", arguments: PrivateKeyTests.rows)
    func restored(_ row: PrivateKeyTests.Row) throws {
        let original = row.key.publicKey
        let key = try PublicKey.restored(spki: original.spki, sha256: original.spkiSHA256)
        #expect(key.material == original.material)
        #expect(key.kind == original.kind)
        #expect(key.spki == original.spki)
        #expect(key.number != original.number)
        let signed = ByteSlice("header.payload")
        let signature = ByteSlice(try row.key.sign(signed.bytes, row.algorithm))
        let verifier = SignatureVerifier()
        #expect(verifier.verify(signature, over: signed, with: key, row.algorithm))
        #expect(!verifier.verify(signature, over: ByteSlice("header.other"), with: key, row.algorithm))
        #expect(SignatureVerifier().verify(signature, over: signed, with: key, row.algorithm))
    }

    @Test("a key is not restored of bytes that are not those kept, nor beyond the bounds")
    func notRestored() throws {
        for pair in [Fixture.rsa, Fixture.p256] {
            var der = pair.publicKey.spki
            let digest = pair.publicKey.spkiSHA256
            for at in der.indices {
                der[at] ^= 1
                #expect(
                    fault { () throws(KeyFault) in try PublicKey.restored(spki: der, sha256: digest) } == .malformed
                )
                der[at] ^= 1
            }
        }
        let rsa = Fixture.rsa.publicKey
        let strict = RSABounds(bits: 8192...8192)
        guard case .rsa(let bits) = rsa.kind else { return }
        let refused = fault { () throws(KeyFault) in
            try PublicKey.restored(spki: rsa.spki, sha256: rsa.spkiSHA256, bounds: strict)
        }
        #expect(refused == .rsaTooSmall(bits: bits))
    }

    @Test("SubjectPublicKeyInfo that is not strict DER is refused, at every length and with a byte more")
    func strictSPKI() {
        for pair in [Fixture.rsa, Fixture.p256] {
            let der = pair.publicKey.spki
            for count in 0..<der.count {
                #expect(fault { () throws(KeyFault) in try PublicKey.spki(Array(der.prefix(count))) } == .malformed)
            }
            #expect(fault { () throws(KeyFault) in try PublicKey.spki(der + [0]) } == .malformed)
        }
    }

    struct SPKIRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let prefix: String
        let fault: KeyFault
    }

    @Test(
        "SubjectPublicKeyInfo of other kinds is refused",
        arguments: [
            SPKIRow(testDescription: "Ed25519", prefix: "302a300506032b6570032100", fault: .unsupported),
            SPKIRow(
                testDescription: "secp256k1",
                prefix: "3036301006072a8648ce3d020106052b8104000a032200",
                fault: .curve
            ),
            SPKIRow(
                testDescription: "P-256, compressed point",
                prefix: "3039301306072a8648ce3d020106082a8648ce3d03010703220002",
                fault: .malformed
            ),
        ]
    )
    func otherKinds(_ row: SPKIRow) throws {
        let prefix = try #require(Hex.decode(row.prefix))
        let der = prefix + [UInt8](repeating: 2, count: Int(prefix[1]) + 2 - prefix.count)
        #expect(fault { () throws(KeyFault) in try PublicKey.spki(der) } == row.fault)
    }

    @Test("a key fits the algorithms of its kind only")
    func fits() {
        #expect(SignatureAlgorithm.allCases.filter(Fixture.rsa.publicKey.fits) == [.PS256, .PS384, .PS512, .RS256])
        #expect(SignatureAlgorithm.allCases.filter(Fixture.p256.publicKey.fits) == [.ES256])
        #expect(SignatureAlgorithm.allCases.filter(Fixture.p384.publicKey.fits) == [.ES384])
        #expect(SignatureAlgorithm.allCases.filter(Fixture.p521.publicKey.fits) == [.ES512])
    }

    @Test("no algorithm is symmetric or none")
    func algorithms() {
        #expect(SignatureAlgorithm(rawValue: "none") == nil)
        #expect(SignatureAlgorithm(rawValue: "HS256") == nil)
        #expect(SignatureAlgorithm(rawValue: "ps256") == nil)
        #expect(SignatureAlgorithm.allCases.count == 7)
    }

    private func fault(_ make: () throws(KeyFault) -> PublicKey) -> KeyFault? {
        do {
            _ = try make()
            return nil
        } catch {
            return error
        }
    }
}
