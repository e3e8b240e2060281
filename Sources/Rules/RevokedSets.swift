import JOSE
import OpenBanking

/// Whether the revoked key sets a statement names are there to be asked (rules ).
enum RevokedSets {
    /// Returns what to wait for where a revoked set is missing or too old and the bank requires it.
    static func missing(_ r: Evidence) -> Fault? {
        guard r.policy.keyRevocation == .require, KeyURLs.fault(r) == nil else { return nil }
        let sets: [(StatementClaim, WantedKey.Kind)] = [
            (.softwareRevokedKeys, .softwareRevoked), (.organisationRevokedKeys, .organisationRevoked),
        ]
        for (claim, kind) in sets {
            guard let url = r.statedText(claim) else { continue }
            let keys = kind == .softwareRevoked ? r.softwareRevoked : r.organisationRevoked
            if keys == nil { return .waiting("the list of revoked keys is not in the cache", for: r.wanted(url, kind)) }
            if keys?.state(at: r.now) == .unusable {
                return .waiting("the list of revoked keys is too old to use", for: r.wanted(url, kind))
            }
        }
        return nil
    }
}
