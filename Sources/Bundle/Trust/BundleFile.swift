import Crypto
import Encoding
import KeyCache

/// A bundle's file with everything in it verified: metadata, and each target against its digest.
final class BundleFile {
    let metadata: VerifiedMetadata
    private let file: ArchiveFile
    private let index: ArchiveIndex
    /// The targets it leaves out because the bundle it builds on had them.
    let absent: [Target]

    /// Verifies a file; nothing outside of it is touched.
    init(
        path: String,
        trust: TrustedState,
        at now: UnixTime,
        acceptsExpired: Bool = false
    ) throws(BundleFault) {
        file = try ArchiveFile(path: path)
        index = try ArchiveIndex(file)
        metadata = try MetadataChain(
            file: file,
            index: index,
            trust: trust,
            now: now,
            acceptsExpired: acceptsExpired
        )
        .verify()
        absent = try Self.check(file, index, metadata)
    }

    /// The bytes of a target that is in the file, compared with their digest again.
    func bytes(_ target: Target) throws(BundleFault) -> [UInt8]? {
        guard let place = index.members[target.member] else { return nil }
        let bytes = try file.bytes(place)
        guard FileFacts(bytes) == target.facts else {
            throw BundleFault(.tampered, "\(target.member.path) changed while it was read")
        }
        return bytes
    }

    /// Calls `body` with the lines of a target, without their ends; a line that is too long is a fault.
    func lines(_ target: Target, _ body: (ByteSlice) throws(BundleFault) -> Void) throws(BundleFault) {
        guard let place = index.members[target.member] else { return }
        let line = ByteBuffer(capacity: 4096)
        var fault: BundleFault?
        try file.pieces(place) { piece in
            for position in 0..<piece.count where fault == nil {
                let byte = piece[position]
                guard byte == UInt8(ascii: "\n") else {
                    line.append(byte)
                    if line.count > BundleLimits.lineBytes {
                        fault = BundleFault(.malformed, "\(target.name) has a line that is too long")
                    }
                    continue
                }
                do throws(BundleFault) { try body(line.all) } catch { fault = error }
                line.removeAll()
            }
        }
        if let fault { throw fault }
        guard line.count == 0 else { throw BundleFault(.malformed, "\(target.name) does not end with a line") }
    }

    /// Compares what is in the file with what its metadata names, and every target with its digest.
    private static func check(
        _ file: ArchiveFile,
        _ index: ArchiveIndex,
        _ metadata: VerifiedMetadata
    ) throws(BundleFault) -> [Target] {
        var expected: Set<MemberName> = [
            .timestamp, .snapshot(metadata.timestamp.snapshotVersion),
        ]
        if let row = metadata.rows.last { expected.insert(.targets(row.version)) }
        for version in index.roots { expected.insert(.root(version)) }
        var absent: [Target] = []
        for target in metadata.targets.targets {
            expected.insert(target.member)
            guard let place = index.members[target.member] else {
                absent.append(target)
                continue
            }
            guard Int64(place.count) == target.facts.length, try file.digest(place) == target.facts.sha256 else {
                throw BundleFault(.tampered, "\(target.member.path) is not what was signed")
            }
        }
        if let stranger = index.members.keys.filter({ !expected.contains($0) }).map(\.path).min() {
            throw BundleFault(.extra, "\(stranger) is in it and its metadata does not name it")
        }
        if let missing = absent.first(where: { $0.origin == nil }) {
            throw BundleFault(.truncated, "\(missing.member.path) is not in it")
        }
        return absent
    }
}
