package import Encoding
import GRDB
import JOSE
package import PKIX

/// What a body that waits would change.
package struct HoldDifference: Sendable {
    /// A key that would come, go or stay.
    package struct Entry: Sendable, Equatable {
        package let kid: [UInt8]?
        package let spkiSHA256: [UInt8]
        /// The state the key has now, nil where it is not known.
        package let state: ListingState?
    }

    package let hold: Hold
    package let added: [Entry]
    package let removed: [Entry]
    package let kept: [Entry]
    /// Entries that cannot be used, and why.
    package let unusable: [String]
}

extension KeyStore {
    /// Compares a body that waits with what is in use.
    package func difference(ofHold id: Int64, anchors: TrustAnchors, at time: UnixTime) throws(KeyStoreError)
        -> HoldDifference
    {
        try file.read { db in
            let hold = try HoldTable.open(db, id: id)
            guard let bytes = try BodyTable.bytes(db, digest: hold.bodySHA256) else {
                throw KeyStoreError.corrupt("the body of hold \(id) is gone")
            }
            let source = try SourceTable.one(db, id: hold.sourceID)
            var preparation = Preparation(settings: settings, anchors: anchors)
            let prepared = try preparation.prepare(db, bytes, of: source, at: try Meta.judged(db, time))
            guard case .set(let set) = prepared else {
                throw KeyStoreError.unreadableBody(source: hold.sourceID, "it is no key set any more")
            }
            let current = try ListingTable.open(db, source: source.id)
            let difference = SetDifference(current: current, published: set.keys, skipped: set.skipped)
            let brought = try BroughtTable.of(db, source: source.id)
            let came = difference.present.filter { brought.contains(ListingName($0.listing)) }
            let stayed = difference.present.filter { !brought.contains(ListingName($0.listing)) }
            let new = difference.added.map { key in
                HoldDifference.Entry(
                    kid: key.attributes.kid,
                    spkiSHA256: key.spki,
                    state: difference.unaccepted(key)?.state
                )
            }
            return HoldDifference(
                hold: hold,
                added: came.map { entry($0.listing) } + new,
                removed: difference.vanished.map(entry),
                kept: stayed.map { entry($0.listing) },
                unusable: set.skipped.map(\.description)
            )
        }
    }

    private func entry(_ listing: Listing) -> HoldDifference.Entry {
        HoldDifference.Entry(kid: listing.attributes.kid, spkiSHA256: listing.spki, state: listing.state)
    }
}
