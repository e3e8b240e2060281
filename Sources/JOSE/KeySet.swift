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

    private let keyIDs: ByteIndex
    /// The keys of each of `keyIDs`.
    private let ranges: [Range<Int>]
    private let identities: DigestIndex
    private let certificates: DigestIndex
    /// The keys of each of `certificates`, by position.
    private let certified: [[Int]]

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
        let named = Self.ranges(self.keys)
        self.keyIDs = ByteIndex(named.map { $0.key })
        self.ranges = named.map { $0.value }
        self.identities = DigestIndex(keys.map { $0.key.spkiSHA256 })
        let certified = Dictionary(
            self.keys.enumerated().compactMap { at, key in key.certificateFingerprint.map { ($0, [at]) } },
            uniquingKeysWith: +
        )
        self.certificates = DigestIndex(certified.keys)
        self.certified = Array(certified.values)
    }

    /// Whether the set is fresh, stale (used, with a warning) or unusable at a time.
    package func state(at time: UnixTime) -> Freshness {
        if time >= usableUntil { return .unusable }
        return time < freshUntil ? .fresh : .stale
    }

    /// The keys `kid` names, four at most; byte-exact, and never another key (C09, C10).
    package func candidates(kid: ByteSlice) -> KeyCandidates {
        KeyCandidates(set: self, range: keyIDs.position(of: kid).map { ranges[$0] } ?? 0..<0)
    }

    /// Whether any key has this kid.
    package func contains(kid: ByteSlice) -> Bool { keyIDs.position(of: kid) != nil }

    /// Whether any key has this identity.
    package func contains(spki: SHA256Digest) -> Bool { identities.position(of: spki) != nil }

    /// Whether this certificate is the `x5c[0]` of a key, of one with `use` when that is given.
    package func contains(certificate fingerprint: SHA256Digest, use: KeyUse? = nil) -> Bool {
        guard let position = certificates.position(of: fingerprint) else { return false }
        guard let use else { return true }
        return certified[position].contains { keys[$0].use == use }
    }

    /// The standing of the keys with `use` whose `x5c[0]` is this certificate; empty where the set does not list it.
    package func standings(certificate fingerprint: SHA256Digest, use: KeyUse) -> [KeyStanding] {
        guard let position = certificates.position(of: fingerprint) else { return [] }
        return certified[position].filter { keys[$0].use == use }.map { standings[$0] }
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

    private static func ranges(_ keys: [VerificationKey]) -> [(key: [UInt8], value: Range<Int>)] {
        var ranges: [(key: [UInt8], value: Range<Int>)] = []
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end].kid == keys[start].kid { end += 1 }
            if let kid = keys[start].kid {
                ranges.append((kid, start..<min(end, start + KeyCandidates.limit)))
            }
            start = end
        }
        return ranges
    }
}
