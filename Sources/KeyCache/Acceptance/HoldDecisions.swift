package import Encoding
import GRDB
package import PKIX

extension KeyStore {
    /// The bodies that wait for an operator.
    package func holds() throws(KeyStoreError) -> [Hold] { try file.read { db in try HoldTable.open(db) } }

    /// The hosts of which no key goes because too many sets lost their keys at once.
    package func fleetAlerts() throws(KeyStoreError) -> [FleetAlert] { try file.read(BreakerTable.open) }

    /// The bytes of a body that waits.
    package func heldBody(_ id: Int64) throws(KeyStoreError) -> [UInt8] {
        try file.read { db in
            let hold = try HoldTable.open(db, id: id)
            guard let bytes = try BodyTable.bytes(db, digest: hold.bodySHA256) else {
                throw KeyStoreError.corrupt("the body of hold \(id) is gone")
            }
            return bytes
        }
    }

    /// Lets a body that waits take effect.
    package func acceptHold(
        _ id: Int64,
        _ word: OperatorWord,
        at time: UnixTime,
        anchors: TrustAnchors
    ) throws(KeyStoreError) -> AcceptOutcome {
        try Acceptance(settings: settings, file: file, anchors: anchors).applyHold(id, word, at: time)
    }

    /// Turns a body that waits away: what came with it is in use no more, and the same body is refused from now on.
    package func rejectHold(_ id: Int64, _ word: OperatorWord, at time: UnixTime) throws(KeyStoreError) {
        try file.write(.full) { db in
            let hold = try HoldTable.open(db, id: id)
            let attempt = try Attempt(db, settings: settings, source: hold.sourceID, at: time, jitter: 0.5)
            try attempt.inUse.reject(db, hold, word)
        }
    }

    /// Ends the trouble of a host by an operator's word, after its holds were decided one by one.
    package func closeFleet(_ host: String, _ word: OperatorWord, at time: UnixTime) throws(KeyStoreError) {
        try file.write(.full) { db in
            let judged = try Meta.judged(db, time)
            try BreakerTable.close(db, host: host, "decided", word, at: judged)
            try Meta.beat(db, at: judged)
        }
    }

    /// Revokes by an operator's word, at once and for good; returns how many listings that concerned.
    ///
    /// What is not listed yet is revoked when it is.
    @discardableResult
    package func revoke(_ order: RevocationOrder, at time: UnixTime) throws(KeyStoreError) -> Int {
        try file.write(.full) { db in try OperatorRevocation(order: order, time: Meta.judged(db, time)).run(db) }
    }
}
