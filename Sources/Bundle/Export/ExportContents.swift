import Crypto
import Encoding
import KeyCache

/// What goes into a bundle, gathered from one state of the cache; the bodies are read when they are written.
struct ExportContents {
    /// The bodies, in the order of their targets' names.
    private(set) var bodies: [Target] = []
    private(set) var sources: ByteSlice
    private(set) var history: [UInt8]
    private(set) var observations: FileFacts
    /// The event the observations begin after, and the last they tell of.
    let firstEvent: Int64
    private(set) var lastEvent: Int64
    private(set) var pastKeys: Int
    private(set) var eventCount = 0
    private(set) var empty = 0

    /// The bodies that are left out.
    let held: Set<SHA256Digest>

    init(
        _ desk: ExportDesk,
        _ request: ExportRequest,
        repository: String
    ) throws(DeskFault<BundleFault>) {
        let rows = try Self.reading { () throws(KeyStoreError) in try desk.sources() }
        guard rows.count <= BundleLimits.sources else {
            throw .stopped(
                BundleFault(.tooLarge, "there are \(rows.count) sources, a bundle holds \(BundleLimits.sources)")
            )
        }
        (held, firstEvent) = try Self.start(desk, request)
        var table: [SourceTableDocument.Row] = []
        table.reserveCapacity(rows.count)
        for row in rows {
            let target = Self.target(row)
            if let target { bodies.append(target) } else { empty += 1 }
            table.append(SourceTableDocument.Row(seed: Self.seed(row.source), target: target?.name))
        }
        bodies.sort { $0.name < $1.name }
        let orders = try Self.reading { () throws(KeyStoreError) in try desk.orders() }
        sources = SourceTableDocument(since: request.since, rows: table, orders: orders).text
        let entries = try Self.past(desk, rows)
        pastKeys = entries.count
        guard let key = request.keys.first else {
            throw .stopped(BundleFault(.signing, "there is no key to sign with"))
        }
        do throws(BundleFault) {
            history = try HistoryDocument.sign(entries, by: key, issuer: repository, at: request.time)
        } catch {
            throw .stopped(error)
        }
        (observations, lastEvent) = (FileFacts([]), firstEvent)
        let stream = SHA256Stream()
        var length: Int64 = 0
        try observe(desk) { line in
            stream.update(line)
            length += Int64(line.count)
        }
        observations = FileFacts(length: length, sha256: stream.finish())
    }

    /// Calls `body` with the lines of the observations, the same each time.
    mutating func observe(_ desk: ExportDesk, _ body: (ByteSlice) -> Void) throws(DeskFault<BundleFault>) {
        let buffer = ByteBuffer(capacity: 4096)
        var (count, last) = (0, firstEvent)
        try Self.reading { () throws(KeyStoreError) in
            try desk.events(after: firstEvent) { event, url, previous, hash in
                buffer.removeAll()
                ObservationLine.append(event, url: url, previous: previous, hash: hash, to: buffer)
                body(buffer.all)
                (count, last) = (count + 1, event.seq)
            }
        }
        (eventCount, lastEvent) = (count, last)
    }

    /// All targets, in the order of their names.
    var targets: [Target] {
        let own = [
            Target(name: Target.sources, facts: FileFacts(sources.bytes)),
            Target(name: Target.history, facts: FileFacts(history)),
            Target(name: Target.observations, facts: observations),
        ]
        return (bodies + own).sorted { $0.name < $1.name }
    }

    /// What is left out, and where the observations begin: after the last bundle, or the one this builds on.
    private static func start(
        _ desk: ExportDesk,
        _ request: ExportRequest
    ) throws(DeskFault<BundleFault>) -> (Set<SHA256Digest>, Int64) {
        guard let since = request.since else {
            let last = try reading { () throws(KeyStoreError) in
                try desk.latest().flatMap { (record) throws(KeyStoreError) in
                    try desk.exported(version: record.version)
                }
            }
            return ([], last?.lastEvent ?? 0)
        }
        let earlier = try reading { () throws(KeyStoreError) in try desk.exported(version: since) }
        guard let earlier else {
            throw .stopped(BundleFault(.misuse, "what was in version \(since) is not known here (any more)"))
        }
        return (earlier.bodies, earlier.lastEvent)
    }

    private static func target(_ row: ExportDesk.Row) -> Target? {
        guard let body = row.body, let fetchedAt = row.source.lastSuccess else { return nil }
        let source = row.source
        return Target(
            name: SourceLabel.target(source.url, source.class),
            facts: FileFacts(length: Int64(body.count), sha256: body.sha256),
            origin: Target.Origin(
                source: SourceLabel.of(source.url),
                url: source.url,
                fetchedAt: fetchedAt,
                httpDate: source.lastModified,
                etag: source.etag
            )
        )
    }

    private static func seed(_ source: Source) -> SourceSeed {
        SourceSeed(
            url: source.url,
            class: source.class,
            environment: source.environment,
            organisationID: source.organisationID,
            softwareID: source.softwareID,
            origin: .mirror
        )
    }

    private static func past(
        _ desk: ExportDesk,
        _ rows: [ExportDesk.Row]
    ) throws(DeskFault<BundleFault>) -> [HistoryDocument.Entry] {
        try reading { () throws(KeyStoreError) in
            let known = try desk.sourcesWithPast()
            var entries: [HistoryDocument.Entry] = []
            for row in rows where known.contains(row.source.id) && row.source.class.publishesKeys {
                for key in try desk.history(of: row.source) where HistoryDocument.tells(key) {
                    entries.append(HistoryDocument.Entry(url: row.source.url, key: key))
                }
            }
            return entries
        }
    }

    private static func reading<R>(_ work: () throws(KeyStoreError) -> R) throws(DeskFault<BundleFault>) -> R {
        do throws(KeyStoreError) { return try work() } catch { throw .store(error) }
    }
}
