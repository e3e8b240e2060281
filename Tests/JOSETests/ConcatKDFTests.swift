import Crypto
import Encoding
import JOSE
import Testing

@Suite("Concat KDF")
struct ConcatKDFTests {
    /// RFC 7518 appendix C.
    private static let alice = """
        {"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
         "y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps","d":"0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"}
        """
    private static let bob = """
        {"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
         "y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}
        """

    @Test("the key of RFC 7518 appendix C comes out, from either side")
    func appendixC() throws {
        let one = try RecipientPrivateKey.decode(Array(Self.alice.utf8))
        let other = try RecipientPrivateKey.decode(Array(Self.bob.utf8))
        for (own, peer) in [(one, other), (other, one)] {
            let secret = try KeyAgreement.secret(own, peer.publicKey)
            #expect(secret.prefix(4) == [158, 86, 217, 29])
            let key = ConcatKDF.key(
                of: secret,
                algorithm: "A128GCM",
                partyU: Array("Alice".utf8),
                partyV: Array("Bob".utf8),
                byteCount: 16
            )
            #expect(Base64URL.encode(key) == "VqqN6vgjbSBcIijNcacQGg")
        }
    }
}
