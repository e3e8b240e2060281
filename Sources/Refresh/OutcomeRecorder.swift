import Encoding
import Fetch
import KeyCache
import Operations
import PKIX

/// Hands what fetches brought to the store and says in a line each what became of it.
struct OutcomeRecorder {
    let store: KeyStore
    let anchors: TrustAnchors
    let jitter: () -> Double

    /// The code of a 304 that came for a body we no longer have.
    static let lostBody = BodyFailureKind.nothingToConfirm.rawValue

    /// Records what a batch holds in one transaction, and returns a line for each entry.
    func record(_ entries: [OutcomeBatch.Entry]) throws(KeyStoreError) -> [RefreshLine] {
        var outcomes = try store.record(entries.compactMap(arrival), anchors: anchors).makeIterator()
        var lines: [RefreshLine] = []
        for entry in entries {
            let outcome = entry.isUntried ? nil : outcomes.next()
            lines.append(try line(for: entry, outcome))
        }
        return lines
    }

    /// What the store is to know of an entry; nil where nothing was tried.
    private func arrival(_ entry: OutcomeBatch.Entry) -> Arrival? {
        guard !entry.isUntried else { return nil }
        var copiedAt: UnixTime?
        let content: Arrival.Content =
            switch entry.result.outcome {
            case .success(.body(let bytes, let headers, _)): .body(bytes, Self.validators(headers))
            case .success(.notModified(let headers, _)): .notModified(Self.validators(headers))
            case .success(.copy(let bytes, let fetchedAt)): copy(bytes, fetchedAt, &copiedAt)
            case .failure(let failure):
                .failure(
                    code: failure.code,
                    retryAfter: FreshnessReader.retryAfter(failure.retryAfter, now: entry.time)
                )
            }
        return Arrival(content, for: entry.source, at: entry.time, copiedAt: copiedAt, jitter: jitter())
    }

    private func copy(_ bytes: [UInt8], _ fetchedAt: UnixTime?, _ copiedAt: inout UnixTime?) -> Arrival.Content {
        copiedAt = fetchedAt
        return .body(bytes, Validators())
    }

    private func line(for entry: OutcomeBatch.Entry, _ outcome: AcceptOutcome?) throws(KeyStoreError) -> RefreshLine {
        let (source, time) = (entry.source, entry.time)
        var line = RefreshLine(
            url: source.url,
            class: source.class,
            name: SourceName.of(source),
            outcome: .unchanged,
            reason: "",
            lastGood: source.lastSuccess,
            milliseconds: entry.result.milliseconds
        )
        switch entry.result.outcome {
        case .success(.copy(_, let fetchedAt)):
            if let outcome { try tell(outcome, of: source, unchanged: "same body", at: fetchedAt ?? time, &line) }
        case .success(.body):
            if let outcome { try tell(outcome, of: source, unchanged: "same body", at: time, &line) }
        case .success(.notModified):
            if let outcome { try tell(outcome, of: source, unchanged: "304", at: time, &line) }
        case .failure(let failure):
            line.outcome = failure.isLeft ? .left : failure.isUntried ? .skipped : .unreachable
            line.code = failure.code
            line.remedy = failure.kind.remedy
            line.reason = Self.reason(failure.description, source, at: time)
        }
        return line
    }

    private func tell(
        _ outcome: AcceptOutcome,
        of source: Source,
        unchanged: String,
        at time: UnixTime,
        _ line: inout RefreshLine
    ) throws(KeyStoreError) {
        switch outcome {
        case .updated(let added, let removed, let revoked):
            line.outcome = .updated
            line.lastGood = time
            line.reason = Self.sum(added: added, removed: removed, revoked: revoked)
            if source.class == .crl { line.reason = try nextUpdate(of: source) ?? line.reason }
        case .unchanged:
            line.outcome = .unchanged
            line.lastGood = time
            line.reason = unchanged
        case .held(let id, let rule):
            line.outcome = .held
            line.code = BodyFailureKind(rule).rawValue
            line.remedy = BodyFailureKind(rule).remedy
            line.reason = "\(Self.words(rule)); hold \(id), last good kept"
        case .refused(let refusal):
            line.outcome = .invalid
            line.code = refusal.code
            line.remedy = BodyFailureKind(rawValue: refusal.code)?.remedy
            line.reason = Self.reason(refusal.text, source, at: time)
        }
    }

    /// When the list's issuer promised the next one: a list is usable until then.
    private func nextUpdate(of source: Source) throws(KeyStoreError) -> String? {
        guard let usableUntil = try store.source(source.url)?.usableUntil else { return nil }
        return "next update \(Timestamp.day(usableUntil))"
    }

    private static func validators(_ headers: FetchHeaders) -> Validators {
        Validators(etag: headers.etag, lastModified: headers.lastModified, hints: FreshnessReader.hints(of: headers))
    }

    /// `+1 key, -2 keys, 1 revoked`.
    private static func sum(added: Int, removed: Int, revoked: Int) -> String {
        var parts: [String] = []
        if added > 0 { parts.append("+" + Figure.plural(added, "key", "keys")) }
        if removed > 0 { parts.append("-" + Figure.plural(removed, "key", "keys")) }
        if revoked > 0 { parts.append("\(Figure.count(revoked)) revoked") }
        return parts.isEmpty ? "same keys" : parts.joined(separator: ", ")
    }

    private static func words(_ rule: HoldRule) -> String {
        switch rule {
        case .empty: "all keys vanished at once"
        case .replacement: "all keys were replaced at once"
        case .rebound: "a kid now names another key"
        case .fleet: "too many sets of its host lost their keys at once"
        }
    }

    /// What went wrong, and what it means for the keys in use.
    private static func reason(_ fault: String, _ source: Source, at time: UnixTime) -> String {
        let fault = Printable.text(fault, limit: 200)
        guard let lastGood = source.lastSuccess else { return "\(fault); never fetched yet" }
        let age = "last good \(Age.relative(lastGood, now: time))"
        return source.state(at: time) == .unusable ? "\(fault); \(age), no longer used" : "\(fault); \(age), kept"
    }
}
