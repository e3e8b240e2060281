import Crypto
import Encoding
import JOSE
import PKIX
import Rules
import Simulator

/// What a bank knows after fetching every body of a simulated directory: key sets, vetted certificates, lists.
struct PublishedKeys: Sendable {
    let sets: [String: KeySet]
    let skipped: [SkippedKey]
    let notices: [KeyNotice]
    private let certificates: [SHA256Digest: TransportCertificate]
    private let anchors: TrustAnchors
    private let lists: RevocationLists
    private let now: Int64
    private let baseURL: String

    init(_ directory: SimulatedDirectory, at now: Int64) throws {
        self.now = now
        baseURL = directory.plan.baseURL
        anchors = try TrustAnchors.load([Array(directory.authority.anchorsPEM.utf8)])
        lists = RevocationLists(
            try [AuthorityPath.issuingList, AuthorityPath.rootList].map {
                try RevocationList.decode(directory.body($0) ?? [])
            }
        )
        var sets: [String: KeySet] = [:]
        var certificates: [SHA256Digest: TransportCertificate] = [:]
        var (skipped, notices): ([SkippedKey], [KeyNotice]) = ([], [])
        for path in directory.paths where path.hasSuffix("jwks") {
            let url = directory.plan.baseURL + path
            let decoded = try JWKSet.decode(directory.body(path) ?? [])
            skipped += decoded.skipped
            notices += decoded.notices
            sets[url] = KeySet(
                url: url,
                class: .software,
                fetchedAt: now,
                freshUntil: now + 3600,
                usableUntil: now + 86_400,
                keys: decoded.keys
            )
            for der in decoded.keys.compactMap(\.certificate) {
                let vetted = try Self.vet(der, anchors, lists, now)
                certificates[vetted.fingerprint] = vetted
            }
        }
        (self.sets, self.certificates, self.skipped, self.notices) = (sets, certificates, skipped, notices)
    }

    /// The same as the rules see it.
    var view: TrustView {
        TrustView(
            generation: 1,
            keySet: { sets[$0.string] },
            revokedKeyID: { kid, organisation, software in
                isRevoked(organisation, software) { $0.contains(kid: kid) } ? now : nil
            },
            revokedKey: { spki, organisation, software in
                isRevoked(organisation, software) { $0.contains(spki: spki) } ? now : nil
            },
            revokedCertificate: { fingerprint, organisation, software in
                isRevoked(organisation, software) { $0.contains(certificate: fingerprint) } ? now : nil
            },
            certificate: { certificates[$0] },
            vet: { der, _, _ in try? Self.vet(der, anchors, lists, now) }
        )
    }

    private func isRevoked(_ organisation: ByteSlice?, _ software: ByteSlice?, _ names: (KeySet) -> Bool) -> Bool {
        guard let organisation = organisation?.string else { return false }
        return [organisation, software?.string].compactMap { $0 }.contains { id in
            sets[baseURL + KeyStorePath.revoked(organisation, id)].map(names) ?? false
        }
    }

    private static func vet(
        _ der: [UInt8],
        _ anchors: TrustAnchors,
        _ lists: RevocationLists,
        _ now: Int64
    ) throws -> TransportCertificate {
        let certificate = try Certificate.decode(der)
        return anchors.vet(certificate)
            .revised(revocation: lists.state(of: certificate, at: now), issuerRevocation: .good(until: now + 86_400))
    }
}
