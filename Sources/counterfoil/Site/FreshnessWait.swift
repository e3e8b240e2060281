import Encoding
import KeyCache
import Operations

/// Waits until the cache is fresh, whoever refreshes it: it only reads, and needs no daemon.
///
/// It looks again when the cache's folder was written to, and every second in case its file system does not tell; never
/// for more than a tenth of the time.
struct FreshnessWait {
    /// How a wait ended.
    struct Result {
        var standing: FreshnessGoal.Standing
        var generation: Int
        var milliseconds: Int64
    }

    let site: Site
    let goal: FreshnessGoal
    /// nil to wait for ever.
    let timeout: Interval?

    /// The longest time between two looks, in milliseconds.
    private static let interval: Int64 = 1000
    /// The shortest.
    private static let pause: Int64 = 100

    /// Returns when the goal is reached, the time is over or `isStopped` says so.
    func run(isStopped: () -> Bool) throws(Failure) -> Result {
        let began = site.clock.monotonicMilliseconds()
        let watch = FolderWatch(Folders.parent(of: site.configuration.refresh.cache))
        while true {
            let looked = site.clock.monotonicMilliseconds()
            let facts = try sources()
            let now = site.clock.monotonicMilliseconds()
            let standing = facts.map(goal.standing) ?? FreshnessGoal.Standing()
            let left = timeout.map { max(0, began + $0.milliseconds - now) } ?? .max
            if standing.isReached || left == 0 || isStopped() {
                return Result(standing: standing, generation: facts?.generation ?? 0, milliseconds: now - began)
            }
            // A large cache that changes all the time is not read all the time.
            let rest = min(left, max(Self.pause, 10 * (now - looked)))
            FolderWatch.sleep(milliseconds: rest)
            watch.wait(milliseconds: min(left - rest, Self.interval))
        }
    }

    /// nil before there is a cache, and while the first process that needs it makes it.
    private func sources() throws(Failure) -> SourcesFacts? {
        guard Folders.exists(site.configuration.refresh.cache) else { return nil }
        do throws(Failure) {
            return try StatusReader(site).sources()
        } catch  where error.name == "cache.cannot_open" || error.name == "cache.busy" {
            return nil
        }
    }
}
