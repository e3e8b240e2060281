import Crypto
import Encoding
import JOSE
import PKIX

/// One source as a snapshot holds it.
struct SourceEntry: Sendable {
    let id: Int64
    /// The generation its content is of: while it stays, the keys need not be read again.
    let contentGeneration: Int
    let environment: String?
    let sourceClass: SourceClass
    let set: KeySet
    /// The standings by the rows alone, whatever lists say of certificates.
    let recordedStandings: [KeyStanding]
    /// From when on a row is to be read anew: a certificate ends, or a key begins.
    let goodUntil: UnixTime

    init(
        _ source: Source,
        keys: [VerificationKey],
        standings: [KeyStanding],
        revised: [KeyStanding]? = nil,
        goodUntil: UnixTime
    ) {
        id = source.id
        contentGeneration = source.contentGeneration
        environment = source.environment
        sourceClass = source.class
        self.goodUntil = goodUntil
        set = KeySet(
            url: source.url,
            class: Self.setClass(of: source.class),
            fetchedAt: source.lastSuccess ?? 0,
            freshUntil: source.freshUntil ?? 0,
            usableUntil: source.usableUntil ?? 0,
            keys: keys,
            standings: revised ?? standings
        )
        // In the order of the set, which puts keys of one kid together.
        recordedStandings = revised == nil ? set.standings : standings
    }

    /// The same content with what the row says now.
    func renewed(_ source: Source) -> SourceEntry {
        if set.fetchedAt == source.lastSuccess, set.freshUntil == source.freshUntil,
            set.usableUntil == source.usableUntil, environment == source.environment
        {
            return self
        }
        return SourceEntry(
            source,
            keys: set.keys,
            standings: recordedStandings,
            revised: set.standings,
            goodUntil: goodUntil
        )
    }

    /// The same with what is known of the certificates' revocation taken into each key's standing.
    func revised(_ source: Source, _ revocation: (SHA256Digest) -> RevocationState?) -> SourceEntry {
        let standings = zip(set.keys, recordedStandings).map { key, recorded -> KeyStanding in
            guard let fingerprint = key.certificateFingerprint else { return recorded }
            if case .revoked = recorded { return recorded }
            guard case .revoked(let at, _)? = revocation(fingerprint) else { return recorded }
            return .revoked(at: at)
        }
        guard standings != set.standings else { return self }
        return SourceEntry(
            source,
            keys: set.keys,
            standings: recordedStandings,
            revised: standings,
            goodUntil: goodUntil
        )
    }

    private static func setClass(of class: SourceClass) -> KeySet.Class {
        switch `class` {
        case .directory: .directory
        case .organisation: .organisation
        case .software: .software
        case .organisationRevoked, .softwareRevoked: .revoked
        case .crl: .crl
        }
    }
}
