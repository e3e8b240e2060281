import Crypto
import Encoding
import JOSE
import OpenBanking

/// Tries the keys that may have signed a part of the request at hand.
final class KeyTrial {
    private let evidence: Evidence
    private let verifier: SignatureVerifier

    init(_ evidence: Evidence, _ verifier: SignatureVerifier) {
        self.evidence = evidence
        self.verifier = verifier
    }

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
        _ candidates: KeyCandidates,
        _ allowed: [SignatureAlgorithm]
    ) -> Attempt {
        var result = Attempt()
        let algorithm = signed.algorithm(of: allowed)
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
            guard let signature, let digest = signed.digest(algorithm, by: verifier)
            else { break }  // not strict base64url: nothing that could verify
            result.verified = verifier.verify(signature, of: digest, with: key.key, algorithm)
            if result.verified { break }
        }
        return result
    }

    /// Tries the keys the set ever listed under the kid; nil outside a migration, or where none of them verifies.
    func attemptPast<Name>(
        _ signed: SignedDocument<Name>,
        _ url: ByteSlice,
        _ keyID: ByteSlice,
        _ trust: TrustView,
        signedAt: UnixTime
    ) -> PastKey? {
        let allowed =
            Name.self == StatementClaim.self ? evidence.policy.statementAlgorithms : evidence.policy.requestAlgorithms
        guard let question = evidence.pastQuestion(signedAt: signedAt), !keyID.isEmpty,
            let algorithm = signed.algorithm(of: allowed), let signature = signed.signature(),
            let digest = signed.digest(algorithm, by: verifier)
        else { return nil }
        for past in trust.pastKeys(url, keyID, question).prefix(PastKey.limit)
        where past.key.refusal(for: algorithm) == nil {
            if verifier.verify(signature, of: digest, with: past.key.key, algorithm) { return past }
        }
        return nil
    }
}
