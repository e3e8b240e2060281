import Crypto
import Encoding
import Scores
import Testing

/// Every signature and MAC vector of Wycheproof that concerns us, by file, with the counts stated.
@Suite(.enabled(if: WycheproofFile.isPresent, "skipped: no outside vectors"))
struct WycheproofTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let file: String
        let algorithm: SignatureAlgorithm
        let total: Int
        let accepted: Int
        var testDescription: String { "\(file) as \(algorithm.rawValue): \(accepted) of \(total)" }

        init(_ file: String, _ algorithm: SignatureAlgorithm, _ total: Int, _ accepted: Int) {
            (self.file, self.algorithm, self.total, self.accepted) = (file, algorithm, total, accepted)
        }
    }

    struct CertificateRow: CustomTestStringConvertible, Sendable {
        let file: String
        let algorithm: CertificateSignatureAlgorithm
        let total: Int
        let accepted: Int
        var testDescription: String { "\(file) as \(algorithm.rawValue): \(accepted) of \(total)" }

        init(_ file: String, _ algorithm: CertificateSignatureAlgorithm, _ total: Int, _ accepted: Int) {
            (self.file, self.algorithm, self.total, self.accepted) = (file, algorithm, total, accepted)
        }
    }

    /// Some RSA groups have e = 3, which only these bounds let in.
    static let bounds = RSABounds(minimumExponent: 3)

    static let signatureRows = [
        Row("rsa_pss_2048_sha256_mgf1_32", .PS256, 108, 63),
        Row("rsa_pss_3072_sha256_mgf1_32", .PS256, 108, 63),
        Row("rsa_pss_4096_sha256_mgf1_32", .PS256, 108, 63),
        Row("rsa_pss_2048_sha384_mgf1_48", .PS384, 141, 95),
        Row("rsa_pss_4096_sha384_mgf1_48", .PS384, 141, 95),
        Row("rsa_pss_4096_sha512_mgf1_64", .PS512, 179, 132),
        Row("rsa_signature_2048_sha256", .RS256, 259, 9),
        Row("rsa_signature_3072_sha256", .RS256, 259, 8),
        Row("rsa_signature_4096_sha256", .RS256, 258, 7),
        Row("rsa_signature_8192_sha256", .RS256, 258, 7),
        Row("ecdsa_secp256r1_sha256_p1363", .ES256, 262, 173),
        Row("ecdsa_secp384r1_sha384_p1363", .ES384, 280, 193),
        Row("ecdsa_secp521r1_sha512_p1363", .ES512, 318, 231),
    ]

    @Test(
        "JWS signatures get the verdict of the file, `acceptable` counting as invalid",
        arguments: signatureRows
    )
    func signatures(_ row: Row) throws {
        let accepted = try accepted(row) { $0.result == "valid" }
        #expect(accepted.count == row.accepted)
        try WycheproofFile.read(row.file).score("\(row.file) as \(row.algorithm.rawValue)", accepted)
    }

    static let noSaltRow = Row("rsa_pss_2048_sha256_mgf1_0", .PS256, 103, 1)

    /// tcId 69 is "s_len changed to 32": wrong for that file, and by chance exactly what PS256 is.
    @Test("of signatures made without salt none verifies (RFC 7518 §3.5)")
    func noSalt() throws {
        let row = Self.noSaltRow
        let accepted = try accepted(row) { $0.tcId == 69 }
        #expect(accepted == [69])
        Score(
            "wycheproof \(row.file) as \(row.algorithm.rawValue)",
            passed: row.total - 1 - accepted.count { $0 != 69 },
            of: row.total - 1,
            falseAccepts: accepted.filter { $0 != 69 }.map(String.init),
            note: "made without salt: none may pass; tcId 69, by chance a right PS256 signature, is left out"
        ).record()
    }

    static let mixRows = [
        Row("rsa_pss_misc", .PS256, 150, 1), Row("rsa_pss_misc", .PS384, 150, 1),
        Row("rsa_pss_misc", .PS512, 150, 1),
    ]

    @Test(
        "of all mixes of hash, mask hash and salt, one is the algorithm",
        arguments: mixRows
    )
    func mixes(_ row: Row) throws {
        let file = try WycheproofFile.read(row.file)
        #expect(file.numberOfTests == row.total)
        let verifier = SignatureVerifier()
        let isOurs = { (group: WycheproofFile.Group) in
            group.sha == row.algorithm.hashName && group.mgfSha == group.sha && group.sLen == row.algorithm.hashBytes
        }
        var (accepts, rejects): ([Int], [Int]) = ([], [])
        for group in file.testGroups {
            let key = try PublicKey.spki(hex(group.publicKeyDer))
            for vector in group.tests {
                let (signature, message) = (ByteSlice(try hex(vector.sig)), ByteSlice(try hex(vector.msg)))
                let isAccepted = verifier.verify(signature, over: message, with: key, row.algorithm)
                #expect(isAccepted == isOurs(group))
                if isAccepted, !isOurs(group) { accepts.append(vector.tcId) }
                if !isAccepted, isOurs(group) { rejects.append(vector.tcId) }
            }
        }
        Score(
            "wycheproof \(row.file) as \(row.algorithm.rawValue)",
            passed: row.total - accepts.count - rejects.count,
            of: row.total,
            falseAccepts: accepts.map(String.init),
            falseRejects: rejects.map(String.init),
            note: "of all mixes of hashes and salts, only the algorithm's own"
        ).record()
        #expect(file.testGroups.filter(isOurs).flatMap(\.tests).count == row.accepted)
    }

    static let certificateRows = [
        CertificateRow("rsa_signature_2048_sha256", .rsaSHA256, 259, 9),
        CertificateRow("rsa_signature_2048_sha384", .rsaSHA384, 258, 7),
        CertificateRow("rsa_signature_2048_sha512", .rsaSHA512, 259, 8),
        CertificateRow("rsa_pss_2048_sha256_mgf1_32", .pssSHA256, 108, 63),
        CertificateRow("ecdsa_secp256r1_sha256", .ecdsaSHA256, 484, 174),
        CertificateRow("ecdsa_secp384r1_sha384", .ecdsaSHA384, 504, 194),
        CertificateRow("ecdsa_secp521r1_sha512", .ecdsaSHA512, 542, 232),
    ]

    @Test(
        "certificate signatures get the verdict of the file, `acceptable` counting as invalid",
        arguments: certificateRows
    )
    func certificateSignatures(_ row: CertificateRow) throws {
        let file = try WycheproofFile.read(row.file)
        #expect(file.numberOfTests == row.total)
        let verifier = SignatureVerifier()
        let accepted = try file.run(expecting: { $0.result == "valid" }) { group, vector in
            verifier.verify(
                ByteSlice(try hex(vector.sig)),
                over: ByteSlice(try hex(vector.msg)),
                with: try PublicKey.spki(hex(group.publicKeyDer), bounds: Self.bounds),
                certificate: row.algorithm
            )
        }
        #expect(accepted.count == row.accepted)
        file.score("\(row.file) as \(row.algorithm.rawValue)", accepted)
    }

    @Test("HMAC-SHA256: 174 tags, 66 right")
    func tags() throws {
        let file = try WycheproofFile.read("hmac_sha256")
        #expect(file.numberOfTests == 174)
        let accepted = try file.run(expecting: { $0.result == "valid" }) { group, vector in
            let tag = HMACSHA256.tag(key: try hex(vector.key), try hex(vector.msg))
            return constantTimeEqual(Array(tag.prefix((group.tagSize ?? 0) / 8)), try hex(vector.tag))
        }
        #expect(accepted.count == 66)
        file.score("hmac_sha256", accepted)
    }

    @Test("no file of signatures is left out")
    func everyFile() throws {
        let there = try Vectors.names(in: "wycheproof").filter { name in
            name.hasPrefix("rsa_pss") || name.hasPrefix("rsa_signature") || name.hasPrefix("ecdsa")
        }
        let used = Self.signatureRows.map(\.file) + Self.certificateRows.map(\.file) + Self.mixRows.map(\.file)
        #expect(Set(there) == Set((used + [Self.noSaltRow.file]).map { "\($0)_test.json" }))
    }

    private func accepted(_ row: Row, _ expected: (WycheproofFile.Vector) -> Bool) throws -> [Int] {
        let file = try WycheproofFile.read(row.file)
        #expect(file.numberOfTests == row.total)
        let verifier = SignatureVerifier()
        return try file.run(expecting: expected) { group, vector in
            verifier.verify(
                ByteSlice(try hex(vector.sig)),
                over: ByteSlice(try hex(vector.msg)),
                with: try PublicKey.spki(hex(group.publicKeyDer), bounds: Self.bounds),
                row.algorithm
            )
        }
    }
}

extension SignatureAlgorithm {
    /// The hash's name in the vectors.
    fileprivate var hashName: String { "SHA-\(rawValue.suffix(3))" }

    /// The bytes of the hash.
    fileprivate var hashBytes: Int? { Int(rawValue.suffix(3)).map { $0 / 8 } }
}
