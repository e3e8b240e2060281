import Crypto
import Encoding
import KeyCache
import Ledger
import Operations
import PKIX
import Pipeline
import Refresh
import Rules

/// Judges requests that were decided again, by everything as it was then, at the time they were judged by.
///
/// By the settings, the trust anchors and the state of the cache of then. Where one of these was not kept, it says which,
/// and judges nothing. Nothing is written.
final class Replay {
    private let site: Site
    private let archive: ArchivedRequests
    private let history: SettingsHistory
    /// The generation asked for in place of each request's own.
    private let generation: Int?
    private var anchors: [SHA256Digest: TrustAnchors] = [:]
    private var bench: (settings: SettingsInForce, judge: PastJudge, store: KeyStore)?
    private var view: (place: Place, trust: TrustView)?

    /// What a view of the cache depends on.
    private struct Place: Equatable {
        let state: CacheState
        let anchors: SHA256Digest
        let time: UnixTime
    }

    /// Why a request cannot be judged again.
    private enum Fault: Error {
        /// Something was not kept; in words, what.
        case missing(String)
        case failure(Failure)

        init(_ error: KeyStoreError) {
            switch error {
            case .notKept, .listNotKept: self = .missing(error.description)
            default: self = .failure(Failure(error))
            }
        }
    }

    init(_ site: Site, _ ledger: Ledger, _ reader: AuditReader, generation: Int?) throws(Failure) {
        self.site = site
        self.generation = generation
        archive = ArchivedRequests(spool: site.configuration.spool.path)
        history = try SettingsHistory(ledger, reader)
    }

    /// Judges one request again and compares.
    func replay(_ decision: PastDecision) throws(Failure) -> ReplayOutcome {
        let judge: PastJudge
        let trust: TrustView
        do throws(Fault) {
            (judge, trust) = try prepare(decision)
        } catch {
            switch error {
            case .missing(let what): return .missing(what)
            case .failure(let failure): throw failure
            }
        }
        var outcome: ReplayOutcome?
        try archive.forEachCandidate(of: decision) { delivery throws(Failure) in
            let judged = judge.judge(delivery, at: decision.decidedAt, trust: trust)
            guard judged.digest.hex == decision.digest else { return false }
            outcome = .of(judged, decision, isOwnState: generation == nil)
            return true
        }
        return outcome ?? .missing("the request is no longer in archive/")
    }

    private func prepare(_ decision: PastDecision) throws(Fault) -> (PastJudge, TrustView) {
        guard let settings = history.settings(at: decision.number), let digest = settings.anchors else {
            throw .missing("the settings of then are not in the audit trail: an earlier version judged it")
        }
        let bench = try bench(settings)
        let state = try state(of: decision, bench.store)
        let place = Place(state: state, anchors: digest, time: decision.decidedAt)
        if let view, view.place == place { return (bench.judge, view.trust) }
        let anchors = try anchors(digest, bench.store)
        let snapshot: Snapshot
        do throws(KeyStoreError) {
            snapshot = try Snapshot.load(bench.store, anchors: anchors, in: state, at: decision.decidedAt)
        } catch {
            throw Fault(error)
        }
        let trust = TrustView(snapshot, history: bench.store.history(in: snapshot))
        view = (place, trust)
        return (bench.judge, trust)
    }

    private func bench(_ settings: SettingsInForce) throws(Fault) -> (judge: PastJudge, store: KeyStore) {
        if let bench, bench.settings == settings { return (bench.judge, bench.store) }
        let configuration: Configuration
        do throws(ConfigurationFaults) {
            configuration = try settings.configuration()
        } catch {
            let version = settings.version.map { "version \($0)" } ?? "an earlier version"
            throw .missing("this version cannot read the settings of \(version): \(error.faults.first?.message ?? "")")
        }
        let store: KeyStore
        do throws(KeyStoreError) {
            let path = site.configuration.refresh.cache
            store = try KeyStore.openReadOnly(path: path, settings: ConfiguredCache.settings(configuration))
        } catch {
            throw Fault(error)
        }
        let judge = PastJudge(Policy(configuration))
        (bench, view) = ((settings, judge, store), nil)
        return (judge, store)
    }

    private func state(of decision: PastDecision, _ store: KeyStore) throws(Fault) -> CacheState {
        guard let generation else {
            guard let state = decision.state else {
                throw .missing("which state of the cache it was judged in was not written down: an earlier version did")
            }
            return state
        }
        do throws(KeyStoreError) {
            return try store.state(of: generation)
        } catch {
            throw Fault(error)
        }
    }

    private func anchors(_ digest: SHA256Digest, _ store: KeyStore) throws(Fault) -> TrustAnchors {
        if let known = anchors[digest] { return known }
        let found: TrustAnchors?
        do throws(KeyStoreError) { found = try store.anchors(digest) } catch { throw Fault(error) }
        guard let found else { throw .missing("the trust anchors of then (sha256 \(digest.hex)) were not kept") }
        anchors[digest] = found
        return found
    }
}
