import Encoding
import JOSE
import OpenBanking

/// Whether the revoked key sets a statement names are there to be asked (rules ).
enum RevokedSets {
    /// Returns what to wait for where a revoked set is missing or too old and the bank requires it.
    static func missing(_ r: Evidence) -> Fault? {
        guard r.policy.keyRevocation == .require, r.has(.statementTrusted), r.keyURLFault == nil else { return nil }
        return missing(r, r.softwareRevoked, .softwareRevokedKeys, .softwareRevoked)
            ?? missing(r, r.organisationRevoked, .organisationRevokedKeys, .organisationRevoked)
    }

    private static func missing(
        _ r: Evidence,
        _ keys: KeySet?,
        _ claim: StatementClaim,
        _ kind: WantedKey.Kind
    ) -> Fault? {
        guard let url = r.statedText(claim) else { return nil }
        guard let keys else {
            return .waiting("the list of revoked keys is not in the cache", for: r.wanted(url, kind))
        }
        guard keys.state(at: r.now) == .unusable else { return nil }
        return .waiting("the list of revoked keys is too old to use", for: r.wanted(url, kind))
    }
}
