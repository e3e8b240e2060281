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

    /// Imports a file; the cache is made where there is none.
    func run(_ path: String) throws(Failure) -> ImportReport {
        let report: ImportReport
        let anchors = try site.anchors()
        let store = try site.cache()
        let request = try request()
        do throws(DeskFault<BundleFault>) {
            report = try BundleImport(store, anchors: anchors, request).run(path)
        } catch {
            throw Failure(error, path)
        }
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
