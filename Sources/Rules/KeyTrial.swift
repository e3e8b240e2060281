import Crypto
import Encoding
import JOSE
import OpenBanking

/// Tries the keys that may have signed a part of the request at hand.
final class KeyTrial {
    /// True where the request's digest came out of hashing what its signature covers.
    private(set) var hasHashedRequest = false
    private let evidence: Evidence
    private let verifier: SignatureVerifier

    init(_ evidence: Evidence, _ verifier: SignatureVerifier) {
        self.evidence = evidence
        self.verifier = verifier
    }

    /// Begins with another request.
    func begin() { hasHashedRequest = false }

    /// What came of trying the keys a kid names.
    struct Attempt {
        var key: VerificationKey?
        var standing = KeyStanding.active
        var checked = false
        var verified = false
    }

    /// Tries each key that carries the named kid, at most four (rule R-092), with the JWS's own allowed algorithm.
    func attempt<Name>(
        _ signed: SignedDocument<Name>,
        _ jws: CompactJWS,
        _ candidates: KeyCandidates,
        _ allowed: [SignatureAlgorithm]
    ) -> Attempt {
        var result = Attempt()
        let algorithm = signed.header?.signatureAlgorithm.flatMap { allowed.contains($0) ? $0 : nil }
        let signature = signed.signature()
        for position in candidates.indices {
            let key = candidates[position]
            if result.key == nil {
                result.key = key
                result.standing = candidates.standing(at: position)
            }
            guard let algorithm, key.refusal(for: algorithm) == nil else { continue }
            result.key = key
            result.standing = candidates.standing(at: position)
            result.checked = true
            guard let signature else { break }  // not strict base64url: nothing that could verify
            result.verified = verifies(signature, jws, key.key, algorithm, isRequest: signed === evidence.request)
            if result.verified { break }
        }
        return result
    }

    /// Tries the keys the set ever listed under the kid; nil outside a migration, or where none of them verifies.
    func attemptPast<Name>(
        _ signed: SignedDocument<Name>,
        _ jws: CompactJWS,
        _ url: ByteSlice,
        _ keyID: ByteSlice,
        _ trust: TrustView,
        signedAt: UnixTime
    ) -> PastKey? {
        guard let question = evidence.pastQuestion(signedAt: signedAt), !keyID.isEmpty,
            let algorithm = signed.header?.signatureAlgorithm, let signature = signed.signature()
        else { return nil }
        let allowed =
            Name.self == StatementClaim.self ? evidence.policy.statementAlgorithms : evidence.policy.requestAlgorithms
        guard allowed.contains(algorithm) else { return nil }
        for past in trust.pastKeys(url, keyID, question).prefix(PastKey.limit)
        where past.key.refusal(for: algorithm) == nil {
            if verifier.verify(signature, over: jws.signingInput, with: past.key.key, algorithm) { return past }
        }
        return nil
    }

    /// Verifies, and with the request's own signature hashes the whole request in the same go: what is signed is most of it.
    private func verifies(
        _ signature: ByteSlice,
        _ jws: CompactJWS,
        _ key: PublicKey,
        _ algorithm: SignatureAlgorithm,
        isRequest: Bool
    ) -> Bool {
        guard isRequest, !hasHashedRequest else {
            return verifier.verify(signature, over: jws.signingInput, with: key, algorithm)
        }
        hasHashedRequest = true
        return verifier.verify(
            signature,
            over: jws.signingInput,
            within: jws.whole,
            digest: &evidence.digest,
            with: key,
            algorithm
        )
    }
}
