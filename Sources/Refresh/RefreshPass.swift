import Encoding
import Fetch
package import KeyCache
package import Operations
package import PKIX

/// One round over the sources: schedule, fetch, vet, record.
///
/// No failed fetch touches what was good. Sources start in class order: directory, revoked keys, lists, organisations,
/// software. Belongs to one thread; keep the object from pass to pass, it remembers which hosts rest.
package final class RefreshPass {
    private let store: KeyStore
    private let route: RefreshRoute
    private let clock: Clock
    private let anchors: TrustAnchors
    private let recorder: OutcomeRecorder
    private let lists: LearnedLists?
    private var breaker = HostBreaker()
    /// Stands for this pass in the store's claims.
    private let owner: Int64

    /// The milliseconds after which a daemon's pass begins no more fetches: what comes due meanwhile is in the next one,
    /// and waits for nothing that hangs.
    package static let turn: Int64 = 10_000

    /// A pass over the sources of `store`; `isAlone` for whoever holds the lock of `refresh`, `lists` lets it learn of revocation lists from certificates, `jitter` returns numbers from 0 to 1 that spread the next refreshes.
    package init(
        store: KeyStore,
        anchors: TrustAnchors,
        route: RefreshRoute,
        isAlone: Bool = false,
        lists: LearnedLists? = nil,
        clock: Clock = .system,
        jitter: @escaping () -> Double = { Double.random(in: 0...1) }
    ) {
        self.store = store
        self.anchors = anchors
        self.route = route
        self.clock = clock
        self.lists = lists
        owner = isAlone ? Int64.random(in: .min ... -1) : Int64.random(in: 1 ... .max)
        recorder = OutcomeRecorder(store: store, anchors: anchors, jitter: jitter)
    }

    /// Refreshes what `mode` names and tells what became of it.
    ///
    /// `shouldStop` is asked at least ten times a second and ends the pass within two; so does reaching `deadline`
    /// milliseconds. After `turn` milliseconds nothing more begins, and what runs is finished: so that in a long run what
    /// comes due meanwhile need not wait for all that hangs. What had no turn stays due. `onLine` hears of each source when its outcome is recorded.
    package func run(
        _ mode: RefreshMode,
        deadline: Int64? = nil,
        turn: Int64? = nil,
        shouldStop: () -> Bool = { false },
        onLine: (RefreshLine) -> Void = { _ in }
    ) throws(RefreshError) -> RefreshReport {
        let (startedAt, began) = (clock.now(), clock.monotonicMilliseconds())
        let isOver = { [clock] in
            shouldStop() || deadline.map { clock.monotonicMilliseconds() - began >= $0 } ?? false
        }
        var book = try open(mode, at: startedAt)
        book.beginsUntil = turn.map { began + $0 }
        do throws(KeyStoreError) {
            defer { giveBack() }
            try fetch(&book, conditionally: true, isOver, onLine)
            // A 304 for a body we have lost leaves its source open: once more, for the body.
            try fetch(&book, conditionally: false, isOver, onLine)
            if try learnLists(&book) { try fetch(&book, conditionally: true, isOver, onLine) }
            return try close(book, startedAt: startedAt, began: began)
        } catch {
            throw .store(error)
        }
    }

    /// Chooses the sources and notes how they are before anything happens.
    private func open(_ mode: RefreshMode, at time: UnixTime) throws(RefreshError) -> PassBook {
        let book: PassBook
        do throws(KeyStoreError) {
            // A run that was killed left its sources claimed.
            if owner < 0 { try store.releaseClaimsOfTheDead() }
            try store.vetAnew(anchors: anchors, at: time)
            let all = try store.allSources()
            let chosen =
                switch mode {
                case .due: try store.dueSources(at: time)
                case .all: all
                case .source(let url): all.filter { $0.url == url }
                case .organisation(let id): all.filter { $0.organisationID == id }
                }
            book = PassBook(
                chosen,
                held: try heldSources(),
                generation: try store.summary(at: time).generation,
                isAsked: mode != .due
            )
        } catch {
            throw .store(error)
        }
        switch mode {
        case .source(let url) where book.sources.isEmpty: throw .unknownSource(url: url)
        case .organisation(let id) where book.sources.isEmpty: throw .unknownOrganisation(id: id)
        default: return book
        }
    }

    /// Adds the revocation lists that certificates name and nobody listed; tells whether there were any.
    private func learnLists(_ book: inout PassBook) throws(KeyStoreError) -> Bool {
        guard let lists else { return false }
        let seeds = lists.seeds(try store.revocationListURLs(anchors: anchors))
        guard try store.upsert(seeds, at: clock.now()).added > 0 else { return false }
        let known = Set(book.sources.map(\.id))
        let due = try store.dueSources(at: clock.now())
        book.add(due.filter { $0.class == .crl && !known.contains($0.id) })
        return !book.open.isEmpty
    }

    /// Fetches what is open and records the outcomes, a batch at a time.
    private func fetch(
        _ book: inout PassBook,
        conditionally: Bool,
        _ isOver: () -> Bool,
        _ onLine: (RefreshLine) -> Void
    ) throws(KeyStoreError) {
        let positions = book.open
        book.open = []
        let requests = book.requests(positions, conditionally: conditionally)
        var batch = OutcomeBatch()
        var fault: KeyStoreError?
        func flush() {
            do throws(KeyStoreError) {
                try record(batch.take(), &book, conditionally: conditionally, onLine)
            } catch {
                fault = error
            }
        }
        route.fetch(
            requests,
            shouldStop: {
                if fault == nil, batch.isDue(now: clock.monotonicMilliseconds()) { flush() }
                return fault != nil || isOver()
            },
            admit: { index, host in
                if let end = book.beginsUntil, clock.monotonicMilliseconds() >= end { return .nextRound }
                do throws(KeyStoreError) {
                    // A body that got lost is asked for again, though its source has just been tried.
                    let isAsked = book.isAsked || !conditionally
                    return try refusal(of: book.sources[positions[index]], host, isAsked: isAsked)
                } catch {
                    fault = fault ?? error
                    return .stopped
                }
            }
        ) { result in
            guard fault == nil else { return }
            let position = positions[result.index]
            let source = book.sources[position]
            note(result, source)
            if case .success(.copy(_, fetchedAt: nil)) = result.outcome { book.undated += 1 }
            let entry = OutcomeBatch.Entry(position: position, source: source, result: result, time: clock.now())
            let now = clock.monotonicMilliseconds()
            batch.add(entry, now: now)
            if batch.isDue(now: now) { flush() }
        }
        if fault == nil { flush() }
        if let fault { throw fault }
    }

    /// Why a source is not fetched now; nil where its host may be tried and the source is ours to fetch.
    private func refusal(of source: Source, _ host: String?, isAsked: Bool) throws(KeyStoreError) -> FetchFailure? {
        if let host, !breaker.admits(host, now: clock.monotonicMilliseconds()) { return .hostResting }
        let seconds = route.longestTransfer + Self.claimMargin
        switch try store.claim(source, as: owner, for: seconds, isAsked: isAsked, at: clock.now()) {
        case .granted: return nil
        case .taken: return .elsewhere
        case .notDue: return .notDue
        case .overBudget: return .overBudget
        }
    }

    /// Gives back what was claimed and not fetched; where that fails the claims end by themselves.
    private func giveBack() {
        do throws(KeyStoreError) { try store.releaseClaims(of: owner) } catch {}
    }

    /// The seconds a result may wait to be recorded, besides its transfer.
    private static let claimMargin: Int64 = 30

    /// Records a batch; what has lost its body stays open when it was asked for with conditions.
    private func record(
        _ entries: [OutcomeBatch.Entry],
        _ book: inout PassBook,
        conditionally: Bool,
        _ onLine: (RefreshLine) -> Void
    ) throws(KeyStoreError) {
        for (entry, line) in zip(entries, try recorder.record(entries)) {
            if conditionally, line.code == OutcomeRecorder.lostBody {
                book.open.append(entry.position)
            } else {
                book.lines[entry.position] = line
                onLine(line)
            }
        }
    }

    /// Tells the breaker how the source's host did.
    private func note(_ result: FetchResult, _ source: Source) {
        guard let host = result.host else { return }
        switch result.outcome {
        case .failure(let failure) where failure == .stopped || failure.isLeft: breaker.callOff(host)
        case .failure(let failure) where failure.isUntried: break
        case .failure(let failure) where failure.blamesHost:
            breaker.fail(host, source: source.id, now: clock.monotonicMilliseconds())
        default: breaker.succeed(host)
        }
    }

    /// Does the upkeep a pass brings along and compares with how it was before.
    private func close(_ book: PassBook, startedAt: UnixTime, began: Int64) throws(KeyStoreError) -> RefreshReport {
        let time = clock.now()
        let lines = book.lines.compactMap(\.self)
        try store.sweep(at: time, counting: RefreshCounts.book(lines).rows)
        let all = try store.allSources()
        let held = try heldSources()
        let after = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var changes: [SourceChange] = []
        for (source, line) in zip(book.sources, book.lines) {
            guard let line, line.outcome != .skipped, line.outcome != .left, let now = after[source.id] else {
                continue
            }
            let change = SourceChange(
                before: source,
                wasHeld: book.held.contains(source.id),
                after: now,
                isHeld: held.contains(source.id),
                code: line.code,
                reason: line.reason,
                at: time
            )
            if let change { changes.append(change) }
        }
        return RefreshReport(
            startedAt: startedAt,
            milliseconds: clock.monotonicMilliseconds() - began,
            lines: lines,
            changes: changes,
            wasStopped: lines.contains { $0.code == FetchFailure.stopped.code },
            undated: book.undated,
            generationBefore: book.generation,
            generationAfter: try store.summary(at: time).generation
        )
    }

    private func heldSources() throws(KeyStoreError) -> Set<Int64> { Set(try store.holds().map(\.sourceID)) }
}
