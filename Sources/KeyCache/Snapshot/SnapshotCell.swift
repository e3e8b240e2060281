package import Encoding
package import PKIX
import Synchronization

/// The snapshot in use: taken once per group, replaced whole when the store has moved on.
package final class SnapshotCell: Sendable {
    private let store: KeyStore
    private let current: Mutex<Snapshot>

    /// Loads the first snapshot.
    package init(store: KeyStore, anchors: TrustAnchors, at time: UnixTime) throws(KeyStoreError) {
        self.store = store
        current = Mutex(try Snapshot.load(store, anchors: anchors, at: time))
    }

    /// The snapshot in use.
    package var snapshot: Snapshot { current.withLock { $0 } }

    /// Takes up what the store has recorded since, by this process or another; tells whether there was anything.
    ///
    /// Builds outside of the lock, so that no worker waits; call it from one place. `anchors`, where given, are used from
    /// now on.
    @discardableResult
    package func reloadIfChanged(at time: UnixTime, anchors: TrustAnchors? = nil) throws(KeyStoreError) -> Bool {
        let old = snapshot
        let anchors = anchors ?? old.anchors
        let isOver = old.judged(time) > old.goodUntil
        let isOther = isOver || anchors.digest != old.anchors.digest
        guard try isOther ? true : store.hasMoved(since: old) else { return false }
        let new = try Snapshot.load(store, anchors: anchors, reusing: old, at: time)
        current.withLock { $0 = new }
        return true
    }
}
