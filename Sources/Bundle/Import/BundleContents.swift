import Encoding
import KeyCache

/// What a verified file carries, read and compared with itself before anything of it is used.
struct BundleContents {
    /// A source with its target; the bytes are read when they are taken.
    struct Body {
        let seed: SourceSeed
        let target: Target
        let origin: Target.Origin
    }

    let table: SourceTableDocument
    let bodies: [Body]
    let pastKeys: [DepartedKey]
    /// How many events of the exporter's log it tells of.
    let observations: Int

    /// Reads a file; `environment`, where given, is the only one its sources may be of.
    init(_ file: BundleFile, _ request: ImportRequest?) throws(BundleFault) {
        let metadata = file.metadata
        func own(_ name: String) throws(BundleFault) -> (Target, [UInt8]) {
            guard let target = metadata.targets[name], let bytes = try file.bytes(target) else {
                throw BundleFault(.truncated, "\(name) is not in it")
            }
            return (target, bytes)
        }
        table = try SourceTableDocument(own(Target.sources).1)
        if let missing = file.absent.first, table.since == nil {
            throw BundleFault(.truncated, "\(missing.member.path) is not in it")
        }
        if let request {
            for row in table.rows {
                guard let environment = row.seed.environment, environment != request.environment else { continue }
                throw BundleFault(
                    .environment,
                    "it is of \(Printable.text(environment, limit: 40)), this site of \(request.environment)"
                )
            }
        }
        bodies = try Self.bodies(table, metadata)
        pastKeys = try HistoryDocument.read(own(Target.history).1, metadata.root[.targets])
        var chain = ObservationLine.Chain()
        if let target = metadata.targets[Target.observations] {
            try file.lines(target) { (line) throws(BundleFault) in try chain.add(line) }
        }
        observations = chain.count
    }

    /// Brings sources and targets together, one for one.
    private static func bodies(
        _ table: SourceTableDocument,
        _ metadata: VerifiedMetadata
    ) throws(BundleFault) -> [Body] {
        var rows: [String: SourceTableDocument.Row] = [:]
        for row in table.rows {
            guard rows.updateValue(row, forKey: row.seed.url) == nil else {
                throw BundleFault(.malformed, "sources.json names \(Printable.text(row.seed.url, limit: 200)) twice")
            }
        }
        var bodies: [Body] = []
        bodies.reserveCapacity(rows.count)
        for target in metadata.targets.targets {
            guard let origin = target.origin else { continue }
            guard let row = rows[origin.url], row.target == target.name else {
                throw BundleFault(.malformed, "the target \(target.name) is of no source in sources.json")
            }
            guard origin.fetchedAt <= metadata.timestamp.created else {
                throw BundleFault(.malformed, "the target \(target.name) was fetched after the bundle was made")
            }
            bodies.append(Body(seed: row.seed, target: target, origin: origin))
        }
        guard bodies.count == table.rows.count(where: { $0.target != nil }) else {
            throw BundleFault(.malformed, "sources.json names targets that targets.json does not")
        }
        return bodies
    }
}
