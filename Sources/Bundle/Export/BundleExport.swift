import Crypto
import Encoding
package import KeyCache

/// Makes a signed bundle of what the cache holds: the low side of the air gap.
///
/// Equal caches, keys and times make equal bytes, as long as the keys' signatures do (Ed25519).
package struct BundleExport {
    private let store: KeyStore
    private let request: ExportRequest

    package init(_ store: KeyStore, _ request: ExportRequest) {
        (self.store, self.request) = (store, request)
    }

    /// Writes the bundle to `path`, where there must be nothing yet, and records its number.
    ///
    /// The number is recorded before the file gets its name, so that no two bundles ever bear one; a number whose file
    /// did not come to be is lost.
    package func write(to path: String) throws(DeskFault<BundleFault>) -> ExportReport {
        let root = try stopping { () throws(BundleFault) in try newestRoot() }
        let writer = try stopping { () throws(BundleFault) in try ArchiveWriter(path: path) }
        do throws(DeskFault<BundleFault>) {
            let (contents, record) = try store.exporting { (desk) throws(DeskFault<BundleFault>) in
                try fill(writer, desk, root)
            }
            let digest = try stopping { () throws(BundleFault) in
                let digest = try writer.finish()
                try check(writer.unpublished, record)
                return digest
            }
            do throws(KeyStoreError) {
                let digests = contents.bodies.map(\.facts.sha256)
                try store.recordExport(record, bodies: digests, lastEvent: contents.lastEvent)
            } catch {
                throw .store(error)
            }
            try stopping { () throws(BundleFault) in try writer.publish() }
            let unchanged = contents.bodies.count { contents.held.contains($0.facts.sha256) }
            return ExportReport(
                path: path,
                record: record,
                sha256: digest,
                bytes: writer.byteCount,
                bodies: contents.bodies.count - unchanged,
                unchanged: unchanged,
                empty: contents.empty,
                pastKeys: contents.pastKeys,
                observations: contents.eventCount
            )
        } catch {
            writer.abandon()
            throw error
        }
    }

    /// The newest root, which must be readable, unexpired for as long as the bundle lives, and know the signing keys.
    private func newestRoot() throws(BundleFault) -> RootMetadata {
        guard let bytes = request.roots.last else { throw BundleFault(.misuse, "there is no root to build on") }
        let root = try RootMetadata(Envelope(bytes, .root))
        guard root.head.expires > request.time else {
            throw BundleFault(.expired, "the root expired at \(Timestamp.rfc3339(root.head.expires))")
        }
        let ids = request.keys.map { MetadataKey($0.publicKey).id }
        for role in [MetadataRole.timestamp, .snapshot, .targets] {
            let known = root[role]
            let fitting = Set(ids).intersection(known.keys.keys).count
            guard fitting == Set(ids).count else {
                throw BundleFault(.wrongSigner, "the root does not name a given key for the role \(role.rawValue)")
            }
            guard fitting >= known.threshold else {
                throw BundleFault(
                    .threshold,
                    "the role \(role.rawValue) needs \(known.threshold) keys, given are \(fitting)"
                )
            }
        }
        return root
    }

    private func fill(
        _ writer: ArchiveWriter,
        _ desk: ExportDesk,
        _ root: RootMetadata
    ) throws(DeskFault<BundleFault>) -> (ExportContents, BundleRecord) {
        var contents = try ExportContents(desk, request, repository: root.repository)
        let version: Int64
        do throws(KeyStoreError) { version = (try desk.latest()?.version ?? 0) + 1 } catch { throw .store(error) }
        let head = SignedHead(version: version, expires: request.time + request.life)
        let targets = contents.targets
        let files = try stopping { () throws(BundleFault) in try metadata(head, targets, root) }
        try stopping { () throws(BundleFault) in
            for (name, bytes) in files.members { try writer.add(name, ByteSlice(bytes)) }
        }
        for target in targets.sorted(by: { $0.member.path < $1.member.path }) {
            try write(target, writer, desk, &contents)
        }
        let record = BundleRecord(
            .exported,
            repository: root.repository,
            version: version,
            created: request.time,
            expires: min(head.expires, root.head.expires),
            sha256: files.digest,
            signers: request.keys.map { MetadataKey($0.publicKey).id }.sorted(),
            recordedAt: request.time
        )
        return (contents, record)
    }

    /// The metadata members in the order of their paths, and the digest of what the timestamp says.
    private func metadata(
        _ head: SignedHead,
        _ targets: [Target],
        _ root: RootMetadata
    ) throws(BundleFault) -> (members: [(MemberName, [UInt8])], digest: SHA256Digest) {
        let version = head.version
        let list = try MetadataSeal.file(TargetsMetadata(head: head, targets: targets).canonical, by: request.keys)
        guard list.count <= MetadataRole.targets.byteLimit else {
            throw BundleFault(.tooLarge, "targets.json would have \(list.count) bytes")
        }
        let snapshot = try MetadataSeal.file(
            SnapshotMetadata(head: head, targetsVersion: version, targets: FileFacts(list)).canonical,
            by: request.keys
        )
        let stamp = TimestampMetadata(
            head: head,
            created: request.time,
            repository: root.repository,
            snapshotVersion: version,
            snapshot: FileFacts(snapshot)
        )
        let timestamp = try MetadataSeal.file(stamp.canonical, by: request.keys)
        var members: [(MemberName, [UInt8])] = [
            (.snapshot(version), snapshot), (.targets(version), list), (.timestamp, timestamp),
        ]
        for bytes in request.roots {
            members.append((.root(try RootMetadata(Envelope(bytes, .root)).head.version), bytes))
        }
        members.sort { $0.0.path < $1.0.path }
        return (members, SHA256Digest.of(stamp.canonical))
    }

    private func write(
        _ target: Target,
        _ writer: ArchiveWriter,
        _ desk: ExportDesk,
        _ contents: inout ExportContents
    ) throws(DeskFault<BundleFault>) {
        switch target.name {
        case Target.sources:
            try stopping { () throws(BundleFault) in try writer.add(target.member, contents.sources) }
        case Target.history:
            try stopping { () throws(BundleFault) in try writer.add(target.member, ByteSlice(contents.history)) }
        case Target.observations:
            try writeObservations(target, writer, desk, &contents)
        default:
            guard !contents.held.contains(target.facts.sha256) else { return }
            let bytes: [UInt8]
            do throws(KeyStoreError) { bytes = try desk.body(target.facts.sha256) } catch { throw .store(error) }
            try stopping { () throws(BundleFault) in try writer.add(target.member, ByteSlice(bytes)) }
        }
    }

    private func writeObservations(
        _ target: Target,
        _ writer: ArchiveWriter,
        _ desk: ExportDesk,
        _ contents: inout ExportContents
    ) throws(DeskFault<BundleFault>) {
        var store: DeskFault<BundleFault>?
        try stopping { () throws(BundleFault) in
            try writer.add(target.member, count: Int(target.facts.length)) { (put) throws(BundleFault) in
                var fault: BundleFault?
                do throws(DeskFault<BundleFault>) {
                    try contents.observe(desk) { line in
                        guard fault == nil else { return }
                        do throws(BundleFault) { try put(line) } catch { fault = error }
                    }
                } catch {
                    store = error
                }
                if let fault { throw fault }
                if store != nil { throw BundleFault(.unreadable, "the log of the cache cannot be read") }
            }
        }
        if let store { throw store }
    }

    /// Takes the finished file as an importer would, from its first root on.
    private func check(_ path: String, _ record: BundleRecord) throws(BundleFault) {
        guard let first = request.roots.first else { return }
        let trust = TrustedState([], pin: SHA256Digest.of(first))
        let file = try BundleFile(path: path, trust: trust, at: request.time)
        precondition(file.metadata.digest == record.sha256, "a bundle that says something else than was recorded")
    }

    private func stopping<R>(_ work: () throws(BundleFault) -> R) throws(DeskFault<BundleFault>) -> R {
        do throws(BundleFault) { return try work() } catch { throw .stopped(error) }
    }
}
