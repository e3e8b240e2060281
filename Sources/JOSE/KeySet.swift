package import Crypto
package import Encoding

/// The keys one source publishes, as last vetted.
///
/// Immutable: a group holds one and sees no rotation half-way. Times are seconds since 1970 (UTC).
package final class KeySet: Sendable {
    /// Who stands behind the source.
    package enum Class: String, Sendable, CaseIterable {
        case directory, organisation, software, revoked, crl
    }

    /// How far the set may be relied on.
    package enum Freshness: String, Sendable {
        case fresh, stale, unusable
    }

    package let url: String
    package let `class`: Class
    /// When the set was last known to be as it is: fetched, or confirmed unchanged.
    package let fetchedAt: UnixTime
    package let freshUntil: UnixTime
    package let usableUntil: UnixTime
    /// The keys, those with one kid next to each other, in the order given.
    package let keys: [VerificationKey]
    /// The standing of each key, by position.
    package let standings: [KeyStanding]

    let table: KeyTable
    /// Whether there is any key, told without touching the array of them.
    let hasKeys: Bool

    /// Builds the set and its look-up tables; `standings` goes with `keys`, and every key is active without it.
    package init(
        url: String,
        class: Class,
        fetchedAt: UnixTime,
        freshUntil: UnixTime,
        usableUntil: UnixTime,
        keys: [VerificationKey],
        standings: [KeyStanding] = []
    ) {
        self.url = url
        self.class = `class`
        self.fetchedAt = fetchedAt
        self.freshUntil = freshUntil
        self.usableUntil = usableUntil
        let order = Self.groupedByKeyID(keys)
        self.keys = order.map { keys[$0] }
        self.standings = order.map { $0 < standings.count ? standings[$0] : .active }
        table = KeyTable(self.keys)
        hasKeys = !keys.isEmpty
    }

    /// Whether the set is fresh, stale (used, with a warning) or unusable at a time.
    package func state(at time: UnixTime) -> Freshness {
        if time >= usableUntil { return .unusable }
        return time < freshUntil ? .fresh : .stale
    }

    /// The keys `kid` names, four at most; byte-exact, and never another key (C09, C10).
    package func candidates(kid: ByteSlice) -> KeyCandidates {
        KeyCandidates(set: self, range: table.positions(kid: kid, in: keys, limit: KeyCandidates.limit))
    }

    /// Whether any key has this kid.
    package func contains(kid: ByteSlice) -> Bool { !table.positions(kid: kid, in: keys, limit: 1).isEmpty }

    /// Whether any key has this identity.
    package func contains(spki: SHA256Digest) -> Bool { table.position(spki: spki, in: keys) != nil }

    /// Whether this certificate is the `x5c[0]` of a key, of one with `use` when that is given.
    package func contains(certificate fingerprint: SHA256Digest, use: KeyUse? = nil) -> Bool {
        table.position(certificate: fingerprint, in: keys) { use == nil || keys[$0].use == use } != nil
    }

    /// Whether this certificate is the `x5c[0]` of a key with `use` whose standing is one that `isWanted`.
    package func contains(
        certificate fingerprint: SHA256Digest,
        use: KeyUse,
        where isWanted: (KeyStanding) -> Bool
    ) -> Bool {
        table.position(certificate: fingerprint, in: keys) { keys[$0].use == use && isWanted(standings[$0]) } != nil
    }

    private static func groupedByKeyID(_ keys: [VerificationKey]) -> [Int] {
        var groups: [[UInt8]?: [Int]] = [:]
        var names: [[UInt8]?] = []
        for (at, key) in keys.enumerated() {
            if groups[key.kid] == nil { names.append(key.kid) }
            groups[key.kid, default: []].append(at)
        }
        return names.flatMap { groups[$0] ?? [] }
    }
}
