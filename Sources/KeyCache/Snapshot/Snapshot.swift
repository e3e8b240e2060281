package import Crypto
package import Encoding
package import JOSE
package import PKIX

/// All vetted keys and certificates as of one generation: what a group of requests is judged by.
///
/// Immutable, so that a group sees one world; looking something up takes no lock, no file and no network.
package final class Snapshot: Sendable {
    /// Increases with every change of what the cache holds; part of every result's evidence.
    package let generation: Int
    /// When it was built, by the clock given, or by the time floor when that was later.
    package let builtAt: UnixTime
    /// The latest time ever recorded.
    package let timeFloor: UnixTime
    package let anchors: TrustAnchors
    /// The revocation lists in use.
    package let lists: RevocationLists
    /// How each source of a revocation list stands.
    package let listStatuses: [ListStatus]

    /// From when on it is to be built anew although nothing was recorded: a certificate ends, or a key begins.
    let goodUntil: UnixTime
    let listGrace: Int64
    let pulse: Int
    let entries: [Int64: SourceEntry]
    let certificates: KnownCertificates
    let loadedLists: [LoadedList]
    let words: RevocationView
    let urls: ByteIndex
    /// The set of each of `urls`, and where it lies.
    let sets: [KeySet]
    let places: [UInt]
    private let revoked: RevokedIndex

    init(_ parts: SnapshotParts) {
        generation = parts.meta.generation
        pulse = parts.meta.pulse
        timeFloor = parts.meta.timeFloor
        builtAt = parts.builtAt
        anchors = parts.anchors
        lists = parts.lists
        loadedLists = parts.loadedLists
        words = parts.words
        listStatuses = parts.listStatuses
        entries = parts.entries
        certificates = KnownCertificates(parts.certificates)
        listGrace = parts.listGrace
        goodUntil = parts.entries.values.map(\.goodUntil).min() ?? .max
        revoked = RevokedIndex(parts.revoked)
        sets = parts.entries.values.map { $0.set }
        places = sets.map { Foresight.address(of: $0) }
        urls = ByteIndex(sets.map { Array($0.url.utf8) })
    }

    /// Builds a snapshot of what a store holds; what an earlier one has and the store did not change is taken over.
    package static func load(
        _ store: KeyStore,
        anchors: TrustAnchors,
        reusing previous: Snapshot? = nil,
        at time: UnixTime
    ) throws(KeyStoreError) -> Snapshot {
        let snapshot = try store.snapshot(anchors: anchors, reusing: previous, at: time)
        snapshot.settle()
        return snapshot
    }

    /// Builds the snapshot of a past state, as it was for who judged with `anchors` at `time`.
    ///
    /// Throws `unknownGeneration` for a state that never was, `notKept` or `listNotKept` where it cannot be told any more.
    package static func load(
        _ store: KeyStore,
        anchors: TrustAnchors,
        in state: CacheState,
        at time: UnixTime
    ) throws(KeyStoreError) -> Snapshot {
        try store.snapshot(anchors: anchors, in: state, at: time)
    }

    /// The time to judge by: `now`, or the time floor when the clock has gone back.
    package func judged(_ now: UnixTime) -> UnixTime { max(now, timeFloor) }

    // MARK: Key sets

    /// The set last vetted for a URL, byte for byte; nil where none was ever accepted.
    package func keySet(_ url: ByteSlice) -> KeySet? { urls.position(of: url).map { sets[$0] } }

    /// The same for a String.
    package func keySet(_ url: String) -> KeySet? { urls.position(of: url).map { sets[$0] } }

    /// The directory's sets of an environment, or of all of them.
    package func directorySets(environment: String? = nil) -> [KeySet] {
        entries.values
            .filter { $0.sourceClass == .directory && (environment == nil || $0.environment == environment) }
            .sorted { $0.id < $1.id }
            .map(\.set)
    }

    /// Whether a key of a set may judge something signed at one time, looked at another.
    package func standing(of key: VerificationKey, in set: KeySet, signedAt: UnixTime, now: UnixTime) -> Standing {
        guard let position = set.keys.firstIndex(where: { $0 === key }) else { return .unlisted }
        let now = judged(now)
        let listed = set.standings[position]
        switch listed {
        case .active: return standing(ofCertificate: key.certificateFingerprint, now: now) ?? .usable
        case .retired(let lastSeen, _):
            guard listed.admits(signedAt: signedAt, now: now) else { return .retired(lastSeen: lastSeen) }
            return standing(ofCertificate: key.certificateFingerprint, now: now) ?? .usable
        case .expired(let at): return .expired(at: at)
        case .revoked(let at): return .revoked(at: at)
        case .held: return .held
        }
    }

    /// What speaks against a key through its certificate: its end, or its issuer's list.
    private func standing(ofCertificate fingerprint: SHA256Digest?, now: UnixTime) -> Standing? {
        guard let fingerprint, let known = certificate(fingerprint) else { return nil }
        if case .revoked(let at, _) = known.revocation { return .revoked(at: at) }
        return now > known.certificate.notAfter ? .expired(at: known.certificate.notAfter) : nil
    }

    // MARK: Revoked sets

    /// Since when a key is on a revoked set of this organisation or software; nil when it is on none.
    package func revokedAt(spki: SHA256Digest, organisation: ByteSlice?, software: ByteSlice?) -> UnixTime? {
        revoked.revokedAt(spki: spki, organisation, software)
    }

    /// The same for a certificate.
    package func revokedAt(certificate: SHA256Digest, organisation: ByteSlice?, software: ByteSlice?) -> UnixTime? {
        revoked.revokedAt(certificate: certificate, organisation, software)
    }

    /// The same for a kid.
    package func revokedAt(kid: ByteSlice, organisation: ByteSlice?, software: ByteSlice?) -> UnixTime? {
        revoked.revokedAt(kid: kid, organisation, software)
    }

    // MARK: Certificates

    /// A certificate of a key set, vetted, with what its issuer's list says.
    package func certificate(_ fingerprint: SHA256Digest) -> TransportCertificate? {
        certificates.transport(fingerprint)
    }

    /// Vets a certificate no key set lists, with the chain that came with it.
    package func vet(
        _ der: [UInt8],
        extra: [[UInt8]] = [],
        now: UnixTime
    ) throws(CertificateFault) -> TransportCertificate {
        try anchors.vet(der, extra: extra).revised(with: lists, anchors: anchors, at: judged(now))
    }
}
