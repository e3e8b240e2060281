import Bundle
import Crypto
import KeyCache
import OpenBanking
import Operations
import Refresh

/// One import into a site's cache.
struct BundleRun {
    let site: Site
    let pin: SHA256Digest?
    let override: ImportRequest.Override?
    let isRehearsal: Bool

    /// Imports a file and tells the audit; cache and ledger are made where there are none.
    func run(_ path: String) throws(Failure) -> ImportReport {
        let report: ImportReport
        let anchors = try site.anchors()
        let store = try site.cache()
        let trail = isRehearsal ? nil : try AuditTrail(site)
        let request = try request()
        do throws(DeskFault<BundleFault>) {
            report = try BundleImport(store, anchors: anchors, request).run(path)
        } catch {
            if case .stopped(let fault) = error { try trail?.append(fault, of: path) }
            throw Failure(error, path)
        }
        try trail?.note(BundleWatch(store: store))
        return report
    }

    /// What this site decides about every import.
    func request() throws(Failure) -> ImportRequest {
        ImportRequest(
            environment: site.configuration.environment.rawValue,
            directories: try site.directoryURLs(),
            pin: pin,
            override: override,
            isRehearsal: isRehearsal,
            time: site.clock.now()
        )
    }
}
