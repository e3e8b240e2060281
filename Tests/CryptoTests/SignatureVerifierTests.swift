@testable import Crypto
import Encoding
import Testing

struct SignatureVerifierTests {
    @Test("the digest of the whole is right, whatever the algorithm and the verdict", arguments: PrivateKeyTests.rows)
    func within(_ row: PrivateKeyTests.Row) throws {
        let buffer = ByteBuffer()
        buffer.append("before.")
        let start = buffer.count
        buffer.append("header.payload")
        let signed = buffer.count
        buffer.append(".c2lnbmF0dXJl")
        let whole = buffer[start..<buffer.count]
        let prefix = buffer[start..<signed]
        let expected = SHA256Digest.of("header.payload.c2lnbmF0dXJl")
        let signature = ByteSlice(try row.key.sign(prefix.bytes, row.algorithm))
        let verifier = SignatureVerifier()
        let elsewhere = ByteSlice(prefix.bytes)
        for signed in [prefix, elsewhere] {
            let digests = verifier.digests(of: signed, within: whole, row.algorithm)
            #expect(digests.whole == expected)
            #expect(verifier.verify(signature, of: digests.signed, with: row.key.publicKey, row.algorithm))
            #expect(!verifier.verify(ByteSlice([1]), of: digests.signed, with: row.key.publicKey, row.algorithm))
        }
    }

    @Test("a digest of another hash than the algorithm's never verifies, nor one of other bytes")
    func otherHash() throws {
        let verifier = SignatureVerifier()
        let message = ByteSlice("message")
        for row in PrivateKeyTests.rows {
            let signature = ByteSlice(try row.key.sign(message.bytes, row.algorithm))
            for other in SignatureAlgorithm.allCases {
                let digest = verifier.digest(of: message, other)
                let isSame = other.scheme.hash == row.algorithm.scheme.hash
                #expect(verifier.verify(signature, of: digest, with: row.key.publicKey, row.algorithm) == isSame)
            }
            let digest = verifier.digest(of: ByteSlice("massage"), row.algorithm)
            #expect(!verifier.verify(signature, of: digest, with: row.key.publicKey, row.algorithm))
        }
    }

    @Test("keys that share a slot of the table replace each other and still verify")
    func collisions() throws {
        let verifier = SignatureVerifier()
        let message = ByteSlice("message")
        guard case .ec(let curve, let x, let y) = Fixture.p256.publicKey.material else { return }
        let signature = ByteSlice(try Fixture.p256.sign(message.bytes, .ES256))
        let foreign = ByteSlice(try Fixture.rsa.sign(message.bytes, .PS256))
        for round in 0..<5000 {
            let key = try PublicKey.ec(curve, x: x, y: y)
            guard round % 50 == 0 || round > 4990 else { continue }
            #expect(verifier.verify(signature, over: message, with: key, .ES256))
            #expect(verifier.verify(foreign, over: message, with: Fixture.rsa.publicKey, .PS256))
        }
    }

    @Test("warming changes no verdict")
    func warm() throws {
        let verifier = SignatureVerifier()
        for row in PrivateKeyTests.rows {
            verifier.warm(row.key.publicKey, row.algorithm)
            let signature = ByteSlice(try row.key.sign([1, 2, 3], row.algorithm))
            #expect(verifier.verify(signature, over: ByteSlice([1, 2, 3]), with: row.key.publicKey, row.algorithm))
        }
    }

    @Test("an AlgorithmIdentifier is known by its one strict form")
    func identifiers() throws {
        for algorithm in CertificateSignatureAlgorithm.allCases {
            #expect(CertificateSignatureAlgorithm(algorithm.identifier) == algorithm)
            #expect(CertificateSignatureAlgorithm(algorithm.identifier + [0]) == nil)
        }
        let weak = try #require(Hex.decode("300d06092a864886f70d0101050500"))
        #expect(CertificateSignatureAlgorithm.identifier(SignatureScheme(.pkcs1, .sha1)) == weak)
        #expect(CertificateSignatureAlgorithm(weak) == nil)
        let known = try #require(Hex.decode("300d06092a864886f70d01010b0500"))
        #expect(CertificateSignatureAlgorithm(known) == .rsaSHA256)
        #expect(CertificateSignatureAlgorithm(try #require(Hex.decode("300b06092a864886f70d01010b"))) == nil)
        let ecdsa = try #require(Hex.decode("300a06082a8648ce3d040302"))
        #expect(CertificateSignatureAlgorithm(ecdsa) == .ecdsaSHA256)
    }
}
