import Bundle
import Encoding
import KeyCache
import Operations
import Spool

/// Imports the bundles that lie in the spool's `bundles/`, the lowest name first, before each pass over it.
///
/// Belongs to one thread.
final class DroppedBundles {
    private let spool: Spool
    private let store: KeyStore
    private let log: Log
    /// What was said of a bundle that stays, so that it is said once.
    private var told: Set<String> = []

    init(spool: Spool, store: KeyStore, log: Log) {
        (self.spool, self.store, self.log) = (spool, store, log)
    }

    /// Takes what is there; a bundle that is refused goes to `rejected/` with the reason, one that only our side keeps
    /// from being taken stays.
    func take(_ site: Site) throws(Failure) {
        let names: [String]
        do throws(SpoolError) { names = try spool.waitingBundles() } catch { throw Failure(error) }
        guard !names.isEmpty else { return }
        let anchors = try site.anchors()
        let pin = try BundleTrustOptions.configured(site.configuration)
        let request = try BundleRun(site: site, pin: pin, override: nil, isRehearsal: false).request()
        let work = BundleImport(store, anchors: anchors, request)
        for name in names {
            do throws(DeskFault<BundleFault>) {
                let report = try work.run(spool.path(ofBundle: name))
                try settle(name, nil)
                log(.bundleImported, "Imported a bundle", .path(name), .reason(Self.words(report)))
            } catch {
                switch error {
                case .store(.busy): return tell(name, "another process holds the cache", KeyStoreError.busy.code)
                case .store(let error): throw Failure(error)
                case .stopped(let fault): try refuse(name, fault, site)
                }
            }
        }
    }

    private func refuse(_ name: String, _ fault: BundleFault, _ site: Site) throws(Failure) {
        guard fault.mayPass else {
            do throws(SpoolError) {
                try spool.settle(bundle: name, rejected: Self.notice(name, fault, at: site.clock.now()))
            } catch {
                throw Failure(error)
            }
            try AuditTrail(site).append(fault, of: name)
            log(.bundleRejected, "Refused a bundle", .path(name), .reason("\(fault.detail) (\(fault.code))"))
            return
        }
        tell(name, fault.detail, fault.code)
    }

    private func tell(_ name: String, _ why: String, _ code: String) {
        guard told.insert("\(name) \(code)").inserted else { return }
        log(.bundleWaiting, "A bundle cannot be taken yet", .path(name), .reason("\(why) (\(code))"))
    }

    private func settle(_ name: String, _ notice: ByteSlice?) throws(DeskFault<BundleFault>) {
        do throws(SpoolError) { try spool.settle(bundle: name, rejected: notice) } catch {
            // It is imported; the next look finds it known and settles it then.
            throw .stopped(BundleFault(.unreadable, "it is imported and cannot be moved: \(error)"))
        }
    }

    private static func words(_ report: ImportReport) -> String {
        guard !report.isKnown else { return "v\(report.record.version), imported already" }
        let held = report.count(.poisoned)
        return "v\(report.record.version), \(report.count(.updated)) updated, \(held) held, "
            + "good until \(Timestamp.rfc3339(report.record.usableUntil))"
    }

    private static func notice(_ name: String, _ fault: BundleFault, at time: UnixTime) -> ByteSlice {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("name", Printable.text(name, limit: 255))
        json.member("reason", fault.code)
        json.member("detail", fault.detail)
        json.member("remedy", fault.remedy)
        json.member("alarm", fault.isAlarm)
        json.member("rejected_at", Timestamp.rfc3339(time))
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
        return buffer.all
    }
}
