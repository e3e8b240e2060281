import Crypto
import Encoding
import JOSE
import OpenBanking

/// Has the processor bring near what a request names in the cache, while its other work is done.
///
/// A snapshot is larger than the processor's caches, and a look-up leads from an index to an entry, to a set, to a key:
/// each step asks for what the one before it brought. A statement whose signature has not verified yet decides nothing
/// by this (rule R-085): what is brought near is looked up afterwards like anything else.
struct Foreseer {
    private let evidence: Evidence
    /// How the cache knows the URLs of the sets the statement names, in the order of `claims`.
    private var sets: [UInt64] = []

    private static let claims: [StatementClaim] = [
        .softwareKeys, .organisationKeys, .softwareRevokedKeys, .organisationRevokedKeys,
    ]

    init(_ evidence: Evidence) { self.evidence = evidence }

    /// First step: where the index tells of the sets.
    mutating func begin(_ cache: (any KeyForesight)?) {
        sets.removeAll(keepingCapacity: true)
        guard let cache else { return }
        for claim in Self.claims { if let url = evidence.statedText(claim) { sets.append(cache.approach(url)) } }
    }

    /// Second step: the sets themselves, and where the index tells of the certificate.
    func entries(_ cache: (any KeyForesight)?, certificate: SHA256Digest?) {
        guard let cache else { return }
        for set in sets { cache.foreseeSet(set) }
        if let certificate { cache.approach(certificate: certificate) }
    }

    /// Third step: the tables of the sets, and the place of the certificate.
    func tables(_ cache: (any KeyForesight)?, certificate: SHA256Digest?) {
        guard let cache else { return }
        for set in sets { cache.foreseeTables(set) }
        if let certificate { cache.foreseePlace(of: certificate) }
    }

    /// Fourth step: the key of the software that the request names, and the certificate.
    func names(_ cache: (any KeyForesight)?, certificate: SHA256Digest?) {
        guard let cache else { return }
        if let set = sets.first, let keyID = evidence.request.header?.keyID { cache.foreseeKey(set, kid: keyID) }
        if let certificate { cache.foresee(certificate: certificate) }
    }

    /// Last step: what that key consists of.
    func content(_ cache: (any KeyForesight)?) {
        guard let cache, let set = sets.first, let keyID = evidence.request.header?.keyID else { return }
        cache.foreseeContent(set, kid: keyID)
    }
}
