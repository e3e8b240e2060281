import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX
import Rules

@testable import Simulator

/// What the cache holds: every part can be taken away, aged or swapped.
struct World: Sendable {
    var generation = 7
    var sets: [String: KeySet] = [:]
    var anchors: TrustAnchors
    var lists: RevocationLists
    /// Certificates of key sets, vetted when they were fetched.
    var certificates: [SHA256Digest: TransportCertificate] = [:]
    /// What the cache remembers as revoked, whatever the revoked sets say now.
    var revokedKeyIDs: [String: UnixTime] = [:]
    var revokedKeys: [SHA256Digest: UnixTime] = [:]
    var revokedCertificates: [SHA256Digest: UnixTime] = [:]

    init(directory: SimulatedDirectory) throws {
        anchors = try TrustAnchors.load([directory.authority.root, directory.authority.issuing])
        lists = try Self.lists(directory.listURLs.compactMap { directory.body(Self.path($0)) }, anchors)
        for path in directory.paths where path.hasSuffix("jwks") {
            guard let body = directory.body(path) else { continue }
            try publish(body, at: directory.plan.baseURL + path)
        }
    }

    /// What the history of keys says; by kid, whatever the set.
    var past: [String: PastKey] = [:]
    /// What it says of the presented certificate.
    var pastCertificate: PastKey?

    /// The snapshot as the rules see it.
    var view: TrustView {
        let world = self
        var view = TrustView(
            generation: generation,
            keySet: { world.sets[$0.string] },
            revokedKeyID: { kid, _, _ in world.revokedKeyIDs[kid.string] },
            revokedKey: { spki, _, _ in world.revokedKeys[spki] },
            revokedCertificate: { print, _, _ in world.revokedCertificates[print] },
            certificate: { world.certificates[$0] },
            vet: { der, extra, now in
                let vetted = try? world.anchors.vet(der, extra: extra)
                return vetted?.revised(with: world.lists, anchors: world.anchors, at: now)
            },
            isQualified: { print in world.anchors.qualified.contains { $0.fingerprint == print } }
        )
        view.pastKeys = { _, kid, _ in world.past[kid.string].map { [$0] } ?? [] }
        view.pastCertificates = { _, _, _ in world.pastCertificate.map { [$0] } ?? [] }
        return view
    }

    /// Publishes a JWKS at a URL.
    mutating func publish(_ body: [UInt8], at url: String, fetchedAt: UnixTime = Stage.now - 600) throws {
        sets[url] = KeySet(
            url: url,
            class: .software,
            fetchedAt: fetchedAt,
            freshUntil: Stage.now + 3600,
            usableUntil: Stage.now + 3 * Stage.day,
            keys: try JWKSet.decode(body).keys
        )
    }

    /// Remakes the set of a URL: other times, other standings, other keys.
    mutating func remake(
        _ url: String,
        fetchedAt: UnixTime? = nil,
        usableUntil: UnixTime? = nil,
        keys: ((VerificationKey) -> Bool)? = nil,
        standing: ((VerificationKey) -> KeyStanding)? = nil
    ) {
        guard let old = sets[url] else { return }
        let kept = zip(old.keys, old.standings).filter { key, _ in keys.map { $0(key) } ?? true }
        sets[url] = KeySet(
            url: url,
            class: old.class,
            fetchedAt: fetchedAt ?? old.fetchedAt,
            freshUntil: usableUntil ?? old.freshUntil,
            usableUntil: usableUntil ?? old.usableUntil,
            keys: kept.map(\.0),
            standings: kept.map { key, known in standing?(key) ?? known }
        )
    }

    /// Verified revocation lists.
    static func lists(_ bodies: [[UInt8]], _ anchors: TrustAnchors) throws -> RevocationLists {
        var lists: [RevocationList] = []
        for body in bodies {
            let list = try RevocationList.decode(body)
            for issuer in anchors.authorities(named: list.issuer) { try list.verify(signedBy: issuer) }
            lists.append(list)
        }
        return RevocationLists(lists)
    }

    private static func path(_ url: String) -> String {
        let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        return parts.count == 3 ? "/" + parts[2] : url
    }
}
