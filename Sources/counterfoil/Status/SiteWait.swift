import Encoding
import KeyCache
import Operations
import Spool

/// Waits until the cache is fresh, the spool is drained, or both at once, whoever does the work: it only reads, and needs
/// no daemon.
///
/// It looks again when the cache's folder was written to, and now and then in any case; never for more than a tenth of
/// the time.
struct SiteWait {
    /// How a wait ended.
    struct Result {
        /// How far the sources are; nil where nobody waits for them.
        var standing: FreshnessGoal.Standing?
        /// Files that are not answered yet; nil where nobody waits for them.
        var undone: Int?
        var generation = 0
        var milliseconds: Int64 = 0

        var isReached: Bool { standing?.isReached != false && (undone ?? 0) == 0 }
    }

    let site: Site
    /// When the keys are fresh enough; nil not to wait for them.
    let goal: FreshnessGoal?
    /// Whether to wait until nothing is in incoming and active.
    let drains: Bool
    /// nil to wait for ever.
    let timeout: Interval?

    /// The longest time between two looks, in milliseconds; a spool gives no hint.
    private var interval: Int64 { drains ? 250 : 1000 }
    /// The shortest.
    private static let pause: Int64 = 100

    /// Returns when the goals are reached, the time is over or `isStopped` says so.
    func run(isStopped: () -> Bool) throws(Failure) -> Result {
        let began = site.clock.monotonicMilliseconds()
        let watch = FolderWatch(Folders.parent(of: site.configuration.refresh.cache))
        while true {
            let looked = site.clock.monotonicMilliseconds()
            var fault: Failure?
            var result = try look(&fault)
            let now = site.clock.monotonicMilliseconds()
            result.milliseconds = now - began
            let left = timeout.map { max(0, began + $0.milliseconds - now) } ?? .max
            if left == 0, let fault { throw fault }
            if result.isReached || left == 0 || isStopped() { return result }
            // A large cache that changes all the time is not read all the time.
            let rest = min(left, max(Self.pause, 10 * (now - looked)))
            FolderWatch.sleep(milliseconds: rest)
            watch.wait(milliseconds: min(left - rest, interval))
        }
    }

    private func look(_ fault: inout Failure?) throws(Failure) -> Result {
        var result = Result()
        if let goal {
            let facts = try sources(&fault)
            result.standing = facts.map(goal.standing) ?? FreshnessGoal.Standing()
            result.generation = facts?.generation ?? 0
        }
        if drains { result.undone = try undone() }
        return result
    }

    /// Files that were dropped or taken and are not answered; what waits for keys is answered as waiting.
    private func undone() throws(Failure) -> Int {
        guard let view = try site.spoolView() else { return 0 }
        do throws(SpoolError) {
            let counts = try view.counts()
            return counts.incoming.files + counts.active.files
        } catch {
            throw Failure(error)
        }
    }

    /// nil before there is a cache, and while the first process that needs it makes it.
    ///
    /// Halfway its tables are those of an earlier version. A cache that really is of one is as good as none, until a
    /// refresh brings it up to date; where none comes in time, `fault` tells it.
    private func sources(_ fault: inout Failure?) throws(Failure) -> SourcesFacts? {
        guard Folders.exists(site.configuration.refresh.cache) else { return nil }
        do throws(Failure) {
            return try StatusReader(site).sources()
        } catch  where error.name == "cache.cannot_open" || error.name == "cache.busy" {
            return nil
        } catch  where error.name == KeyStoreError.schemaTooOld(path: "").code {
            fault = error
            return nil
        }
    }
}
