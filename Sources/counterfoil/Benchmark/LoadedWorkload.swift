import Encoding
import KeyCache
import OpenBanking
import Operations
import PKIX
import Pipeline
import Refresh
import Rules

/// A workload with its keys loaded: all that is ready before anything is measured.
struct LoadedWorkload {
    let workload: Workload
    let store: KeyStore
    let snapshot: Snapshot
    private let configuration: Configuration

    init(_ workload: Workload) throws(Failure) {
        self.workload = workload
        let anchors = try AnchorFolder(path: "\(workload.folder)/anchors").load()
        store = try Self.cache(workload, anchors)
        do throws(KeyStoreError) {
            snapshot = try Snapshot.load(store, anchors: anchors, at: workload.asOf)
        } catch {
            throw Failure(error)
        }
        var configuration = Configuration(environment: .production)
        configuration.policy.audiences = [workload.audience]
        configuration.policy.certificateProfiles.legacy = .allow
        self.configuration = configuration
    }

    /// How the workload is judged: as a production bank that takes old certificates too.
    func plan(workers: Int) -> ProcessPlan {
        ProcessPlan(policy: Policy(configuration), workers: workers, secretKey: [UInt8](repeating: 7, count: 32))
    }

    /// Of outcomes in the order of the records, how many are not what the workload says; nil is no outcome at all.
    func mismatches(_ outcomes: [Bool?]) throws(Failure) -> Int {
        guard let expected = try workload.expected() else { return 0 }
        guard expected.count == outcomes.count else { return max(expected.count, outcomes.count) }
        return zip(expected, outcomes).count { $0 != $1 }
    }

    /// The cache of the workload's mirror, filled on first use.
    private static func cache(_ workload: Workload, _ anchors: TrustAnchors) throws(Failure) -> KeyStore {
        let path = "\(workload.folder)/bench-cache.sqlite"
        let isNew = !Folders.exists(path)
        let store: KeyStore
        do throws(KeyStoreError) {
            store = try KeyStore.open(path: path)
        } catch {
            throw Failure(error)
        }
        if isNew { try fill(store, workload, anchors) }
        return store
    }

    private static func fill(_ store: KeyStore, _ workload: Workload, _ anchors: TrustAnchors) throws(Failure) {
        let configuration = Configuration(environment: .production)
        let sources: SourcesFile
        do throws(ConfigurationFaults) {
            sources = try SourcesFile.load(path: "\(workload.folder)/sources.yaml")
        } catch {
            throw Failure(error)
        }
        do throws(KeyStoreError) {
            _ = try store.upsert(PlannedSources.seeds(sources, configuration), at: workload.asOf)
        } catch {
            throw Failure(error)
        }
        let pass = RefreshPass(
            store: store,
            anchors: anchors,
            route: try RefreshSource.route(configuration, mirror: "\(workload.folder)/mirror"),
            lists: LearnedLists(configuration),
            clock: .fixed(workload.asOf)
        )
        do throws(RefreshError) {
            _ = try pass.run(.all)
        } catch {
            throw Failure(error)
        }
    }
}
