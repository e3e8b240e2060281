import Crypto
import Encoding
import KeyCache

/// What an import does in its transaction, in order: trust, sources, revocations, bodies, history.
struct ImportWork {
    private let desk: ImportDesk
    private let file: BundleFile
    private let request: ImportRequest
    private let trust: TrustedState

    init(_ desk: ImportDesk, _ file: BundleFile, _ request: ImportRequest, _ trust: TrustedState) {
        (self.desk, self.file, self.request, self.trust) = (desk, file, request, trust)
    }

    func run() throws(DeskFault<BundleFault>) -> ImportReport {
        let metadata = file.metadata
        guard try stored({ () throws(KeyStoreError) in try desk.trust() }) == trust.rows else {
            throw .stopped(BundleFault(.concurrent, "another import changed what is trusted"))
        }
        var report = ImportReport(
            record: Self.record(metadata, request),
            isKnown: metadata.isKnown,
            rootVersion: metadata.root.head.version,
            newRoots: metadata.newRoots.count,
            hasForgotten: metadata.hasForgotten
        )
        if metadata.isKnown, let override = request.override {
            try stored { () throws(KeyStoreError) in try desk.extend(until: override.until, override.word) }
            return report
        }
        let contents = try checked { () throws(BundleFault) in try BundleContents(file, request) }
        try stored { () throws(KeyStoreError) in try keepTrust(metadata, report.record) }
        try plant(contents, &report)
        for order in contents.table.orders {
            report.orders += try stored { () throws(KeyStoreError) in try desk.revoke(order) } ? 1 : 0
        }
        // As a refresh does it: the directory before revocation, lists and participants.
        let order = contents.bodies.sorted { ($0.seed.class.rank, $0.seed.url) < ($1.seed.class.rank, $1.seed.url) }
        for body in order where !report.lines.contains(where: { $0.url == body.seed.url && $0.outcome == .conflict }) {
            report.lines.append(try take(body))
        }
        report.lines.sort { $0.url < $1.url }
        for past in contents.pastKeys {
            report.pastKeys += try stored { () throws(KeyStoreError) in try desk.keep(past) } ? 1 : 0
        }
        report.observations = contents.observations
        try stored { () throws(KeyStoreError) in try desk.finish() }
        return report
    }

    /// The row of the bundle; an operator's word lets it count beyond its expiry.
    static func record(_ metadata: VerifiedMetadata, _ request: ImportRequest) -> BundleRecord {
        let override = request.override.flatMap { $0.until > metadata.expires ? $0 : nil }
        return BundleRecord(
            .imported,
            repository: metadata.root.repository,
            version: metadata.timestamp.head.version,
            created: metadata.timestamp.created,
            expires: metadata.expires,
            usableUntil: override?.until,
            sha256: metadata.digest,
            signers: metadata.signers,
            recordedAt: request.time,
            word: override?.word
        )
    }

    private func keepTrust(_ metadata: VerifiedMetadata, _ record: BundleRecord) throws(KeyStoreError) {
        if let pin = trust.pin, trust.last(.pin) == nil {
            try desk.keep(TrustRow(.pin, version: 0, sha256: pin, json: []))
        }
        for row in metadata.newRoots + metadata.rows { try desk.keep(row) }
        try desk.begin(record)
    }

    /// Makes the bundle's sources known, but for key sets of a directory this site does not name.
    private func plant(_ contents: BundleContents, _ report: inout ImportReport) throws(DeskFault<BundleFault>) {
        let seeds = contents.table.rows.map(\.seed).filter { !isForeign($0) }
        let outcome = try stored { () throws(KeyStoreError) in try desk.plant(seeds) }
        report.newSources = outcome.added
        let conflicts = Set(outcome.conflicts)
        for row in contents.table.rows where conflicts.contains(row.seed.url) {
            let reason = "known here for another class, organisation or software"
            report.lines.append(
                ImportLine(url: row.seed.url, class: row.seed.class, outcome: .conflict, reason: reason)
            )
        }
    }

    private func isForeign(_ seed: SourceSeed) -> Bool {
        seed.class == .directory && !request.directories.contains(seed.url)
    }

    private func take(_ body: BundleContents.Body) throws(DeskFault<BundleFault>) -> ImportLine {
        let (url, `class`) = (body.seed.url, body.seed.class)
        guard !isForeign(body.seed) else {
            return ImportLine(url: url, class: `class`, outcome: .foreignDirectory, reason: "not configured here")
        }
        let arrival = BundleArrival(
            url: url,
            body: try bytes(body.target),
            fetchedAt: body.origin.fetchedAt,
            etag: body.origin.etag,
            lastModified: body.origin.httpDate
        )
        switch try stored({ () throws(KeyStoreError) in try desk.take(arrival) }) {
        case .updated(let added, let removed, let revoked):
            return ImportLine(url: url, class: `class`, outcome: .updated, changes: (added, removed, revoked))
        case .unchanged: return ImportLine(url: url, class: `class`, outcome: .unchanged)
        case .held(let id, let rule):
            return ImportLine(url: url, class: `class`, outcome: .poisoned, reason: "\(rule.rawValue), hold \(id)")
        case .refused(let refusal) where refusal.code == "copy_older" || refusal.code == "crl_older":
            return ImportLine(url: url, class: `class`, outcome: .partiallyNewer, reason: refusal.text)
        case .refused(let refusal):
            let reason = "\(Printable.text(refusal.text, limit: 200)) (\(refusal.code))"
            return ImportLine(url: url, class: `class`, outcome: .refused, reason: reason)
        case nil: return ImportLine(url: url, class: `class`, outcome: .conflict, reason: "there are too many sources")
        }
    }

    /// A body of the file, or the one the cache has where the bundle leaves it out.
    private func bytes(_ target: Target) throws(DeskFault<BundleFault>) -> [UInt8] {
        if let bytes = try checked({ () throws(BundleFault) in try file.bytes(target) }) { return bytes }
        let kept = try stored { () throws(KeyStoreError) in try desk.body(target.facts.sha256) }
        guard let kept else {
            throw .stopped(BundleFault(.missingBody, "\(target.name) is neither in it nor here"))
        }
        return kept
    }

    private func stored<R>(_ work: () throws(KeyStoreError) -> R) throws(DeskFault<BundleFault>) -> R {
        do throws(KeyStoreError) { return try work() } catch { throw .store(error) }
    }

    private func checked<R>(_ work: () throws(BundleFault) -> R) throws(DeskFault<BundleFault>) -> R {
        do throws(BundleFault) { return try work() } catch { throw .stopped(error) }
    }
}
