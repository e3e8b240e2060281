import Encoding
import KeyCache
import Operations
import Refresh

/// The sources an operator wants kept, made known, and the rounds over them.
///
/// Belongs to one thread.
final class RefreshRun {
    let store: KeyStore
    private let pass: RefreshPass
    private let lock: RefreshLock?

    /// `isAlone` keeps other runs of the command out; the daemon goes without, and shares sources by claims.
    init(site: Site, route: RefreshRoute, isAlone: Bool = true) throws(Failure) {
        let anchors = try site.anchors()
        let path = site.configuration.refresh.cache
        try Folders.make(above: path)
        do throws(RefreshLock.Fault) {
            if isAlone { lock = try RefreshLock(cache: path) } else { lock = nil }
        } catch {
            throw Failure(error)
        }
        store = try site.cache()
        let lists = LearnedLists(site.configuration)
        pass = RefreshPass(
            store: store,
            anchors: anchors,
            route: route,
            isAlone: isAlone,
            lists: lists,
            clock: site.clock
        )
        try plant(site)
    }

    /// Makes a round; after `turn` milliseconds, where given, nothing more begins.
    func run(
        _ mode: RefreshMode,
        turn: Int64? = nil,
        shouldStop: () -> Bool = { false },
        onLine: (RefreshLine) -> Void = { _ in }
    ) throws(Failure) -> RefreshReport {
        do throws(RefreshError) {
            return try pass.run(mode, turn: turn, shouldStop: shouldStop, onLine: onLine)
        } catch {
            throw Failure(error)
        }
    }

    /// How many sources a round would go over, for its progress.
    func count(_ mode: RefreshMode, at time: UnixTime) throws(Failure) -> Int {
        do throws(KeyStoreError) {
            switch mode {
            case .due: return try store.dueSources(at: time).count
            case .all: return try store.allSources().count
            case .source: return 1
            case .organisation(let id): return try store.allSources().count { $0.organisationID == id }
            }
        } catch {
            throw Failure(error)
        }
    }

    /// Makes known what a configuration and its sources file name; what is known already stays.
    func plant(_ site: Site) throws(Failure) {
        let seeds = PlannedSources.seeds(try site.plannedSources(), site.configuration)
        do throws(KeyStoreError) {
            _ = try store.upsert(seeds, at: site.clock.now())
        } catch {
            throw Failure(error)
        }
    }
}
