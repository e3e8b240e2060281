package import Crypto
package import Encoding
package import PKIX

extension KeyStore {
    /// Lets `work` read one consistent state, for a bundle to be made of it.
    package func exporting<R, Fault: Error>(
        _ work: (ExportDesk) throws(DeskFault<Fault>) -> R
    ) throws(DeskFault<Fault>) -> R {
        var stopped: Fault?
        do throws(KeyStoreError) {
            return try file.read { db in
                try Self.guarded(&stopped) { () throws(DeskFault<Fault>) in
                    try work(ExportDesk(db, settings: settings))
                }
            }
        } catch {
            if let stopped { throw .stopped(stopped) }
            throw .store(error)
        }
    }

    /// Lets `work` import a bundle in one transaction: everything it does takes effect together, or nothing where it
    /// throws.
    package func importing<R, Fault: Error>(
        anchors: TrustAnchors,
        at time: UnixTime,
        _ work: (ImportDesk) throws(DeskFault<Fault>) -> R
    ) throws(DeskFault<Fault>) -> R {
        var stopped: Fault?
        let acceptance = Acceptance(settings: settings, file: file, anchors: anchors)
        do throws(KeyStoreError) {
            return try file.write(.full) { db in
                try Self.guarded(&stopped) { () throws(DeskFault<Fault>) in
                    try work(ImportDesk(db, acceptance: acceptance, at: time))
                }
            }
        } catch {
            if let stopped { throw .stopped(stopped) }
            throw .store(error)
        }
    }

    /// Records a bundle that was made, with the digests of the bodies it lists and the last event it tells of.
    package func recordExport(
        _ record: BundleRecord,
        bodies: [SHA256Digest],
        lastEvent: Int64
    ) throws(KeyStoreError) {
        try file.write(.full) { db in
            let id = try BundleTable.insert(db, record)
            try BundleTable.remember(db, id, targets: bodies.flatMap(\.bytes), lastEvent: lastEvent)
            let data = EventData.bundle(record)
            try EventLog.append(db, .bundleExported, source: nil, at: record.recordedAt, data: data)
        }
    }

    /// What happened to imported bundles and the trust in them, from one entry of the log on, that one included; oldest
    /// first.
    package func bundleEvents(from seq: Int64, limit: Int) throws(KeyStoreError) -> [CacheEvent] {
        try file.read { db in try EventLog.ofBundles(db, from: seq, limit: limit) }
    }

    /// The newest bundle that was imported, nil where none ever was.
    package func importedBundle() throws(KeyStoreError) -> BundleRecord? {
        try file.read { db in try BundleTable.latest(db, .imported)?.record }
    }

    /// The newest bundle that was made here.
    package func exportedBundle() throws(KeyStoreError) -> BundleRecord? {
        try file.read { db in try BundleTable.latest(db, .exported)?.record }
    }

    /// What is trusted of bundles' metadata: roots of all versions, the last of each other role, and the pin.
    package func bundleTrust() throws(KeyStoreError) -> [TrustRow] { try file.read(TrustTable.all) }

    /// Names the root that bundles must begin with, by its digest; forgets all that was trusted with another.
    package func pin(_ digest: SHA256Digest, _ word: OperatorWord?, at time: UnixTime) throws(KeyStoreError) {
        try file.write(.full) { db in
            for role in TrustRow.Role.allCases { try TrustTable.forget(db, role) }
            try TrustTable.keep(db, TrustRow(.pin, version: 0, sha256: digest, json: []), at: time)
            let judged = try Meta.judged(db, time)
            let data = EventData.pin(digest.hex, word)
            try EventLog.append(db, .bundlePinned, source: nil, at: judged, data: data)
            try Meta.raiseFloor(db, to: judged)
        }
    }

    /// Runs `work` and keeps the fault it stopped by, which cannot pass through a transaction as it is.
    private static func guarded<R, Fault: Error>(
        _ stopped: inout Fault?,
        _ work: () throws(DeskFault<Fault>) -> R
    ) throws(KeyStoreError) -> R {
        do throws(DeskFault<Fault>) {
            return try work()
        } catch {
            switch error {
            case .store(let error): throw error
            case .stopped(let fault):
                stopped = fault
                throw .sql(code: 0, "the work on a bundle stopped")
            }
        }
    }
}
