import Crypto
import Encoding
import PKIX

/// What a snapshot is put together from.
struct SnapshotParts {
    var meta: Meta
    var builtAt: UnixTime
    var anchors: TrustAnchors
    var entries: [Int64: SourceEntry] = [:]
    var certificates: [SHA256Digest: KnownCertificate] = [:]
    var revoked: [RevokedIndex.Entry] = []
    var loadedLists: [LoadedList] = []
    var listStatuses: [ListStatus] = []
    var listGrace: Int64 = 0
    var words: RevocationView

    init(meta: Meta, builtAt: UnixTime, anchors: TrustAnchors) {
        self.meta = meta
        self.builtAt = builtAt
        self.anchors = anchors
        words = RevocationView(RevocationLists(), entries: [], anchors: anchors, at: builtAt)
    }

    /// The lists whose signer may still sign them.
    var lists: RevocationLists {
        RevocationLists(
            loadedLists.filter { anchors.vouch(for: $0.list, signedBy: $0.signer) }.map(\.list),
            grace: listGrace
        )
    }
}
