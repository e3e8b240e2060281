import Crypto
import Encoding
package import KeyCache
package import PKIX

/// Takes a signed bundle into the cache, all of it or nothing: the high side of the air gap.
package struct BundleImport {
    private let store: KeyStore
    private let anchors: TrustAnchors
    private let request: ImportRequest

    package init(_ store: KeyStore, anchors: TrustAnchors, _ request: ImportRequest) {
        (self.store, self.anchors, self.request) = (store, anchors, request)
    }

    /// Verifies a file and imports it in one transaction.
    ///
    /// Every body is vetted by the code that vets a fetched one. A fault leaves the cache as it was, and so does a
    /// rehearsal, which does all of it and then takes it back.
    package func run(_ path: String) throws(DeskFault<BundleFault>) -> ImportReport {
        let trust = try trust()
        let file: BundleFile
        do throws(BundleFault) {
            try checkOverride()
            file = try BundleFile(path: path, trust: trust, at: request.time, acceptsExpired: request.override != nil)
        } catch {
            throw .stopped(error)
        }
        if file.metadata.isKnown, request.override == nil { return known(file.metadata) }
        var rehearsed: ImportReport?
        do throws(DeskFault<BundleFault>) {
            return try store.importing(anchors: anchors, at: request.time) { (desk) throws(DeskFault<BundleFault>) in
                let report = try ImportWork(desk, file, request, trust).run()
                guard request.isRehearsal else { return report }
                rehearsed = report
                throw .stopped(BundleFault(.misuse, "it was a rehearsal"))
            }
        } catch {
            if let rehearsed { return rehearsed }
            throw error
        }
    }

    /// What is trusted, by a clock that may be believed.
    private func trust() throws(DeskFault<BundleFault>) -> TrustedState {
        let (rows, floor): ([TrustRow], UnixTime)
        do throws(KeyStoreError) {
            (rows, floor) = (try store.bundleTrust(), try store.timeFloor())
        } catch {
            throw .store(error)
        }
        guard request.time >= floor - BundleLimits.clockBehind else {
            let (said, seen) = (Timestamp.rfc3339(request.time), Timestamp.rfc3339(floor))
            throw .stopped(BundleFault(.clockBack, "our clock says \(said), seen was \(seen)"))
        }
        return TrustedState(rows, pin: request.pin)
    }

    private func checkOverride() throws(BundleFault) {
        guard let override = request.override else { return }
        guard override.until > request.time, override.until <= request.time + BundleRecord.longestOverride else {
            throw BundleFault(.misuse, "an expired bundle can be made to count for seven days at most, from now on")
        }
    }

    private func known(_ metadata: VerifiedMetadata) -> ImportReport {
        ImportReport(
            record: ImportWork.record(metadata, request),
            isKnown: true,
            rootVersion: metadata.root.head.version,
            newRoots: metadata.newRoots.count,
            hasForgotten: false
        )
    }
}
