import Crypto
import Encoding

@testable import Bundle

/// A bundle taken apart: its members by path, to be changed and put together again.
struct Archive {
    var members: [String: [UInt8]] = [:]

    init(_ file: [UInt8]) {
        var offset = 0
        while offset + 512 <= file.count, let header = TarHeader(Array(file[offset..<offset + 512])) {
            let start = offset + 512
            members["\(header.folder)/\(header.name)"] = Array(file[start..<start + header.size])
            offset = start + TarHeader.padded(header.size)
        }
    }

    /// The file; members in the order of their paths.
    var bytes: [UInt8] {
        var file: [UInt8] = []
        for (path, bytes) in members.sorted(by: { $0.key < $1.key }) { file += Self.member(path, bytes) }
        return file + [UInt8](repeating: 0, count: 1024)
    }

    static func member(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        let parts = path.split(separator: "/", maxSplits: 1)
        let header = TarHeader(folder: String(parts[0]), name: String(parts[1]), size: bytes.count)
        let padding = [UInt8](repeating: 0, count: TarHeader.padded(bytes.count) - bytes.count)
        return header.bytes + bytes + padding
    }

    /// The path of a member that begins with one text and ends with another.
    func path(_ prefix: String, _ suffix: String = "") -> String {
        members.keys.filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) }.min() ?? ""
    }

    /// What is changed of the metadata before it is signed anew.
    struct Change {
        var version: Int64?
        var expires: UnixTime?
        var created: UnixTime?
        var repository: String?
        var keys: [SigningKey] = [Holders.shared.exporter]
        /// Bodies by URL, in place of those it has.
        var bodies: [String: [UInt8]] = [:]
        var fetchedAt: UnixTime?
    }

    /// The same bundle with other words, properly signed.
    func resigned(_ change: Change) throws -> Archive {
        var archive = self
        let (listPath, snapshotPath) = (path("metadata/", ".targets.json"), path("metadata/", ".snapshot.json"))
        let list = try TargetsMetadata(Envelope(members[listPath] ?? [], .targets))
        let stamp = try TimestampMetadata(Envelope(members["metadata/timestamp.json"] ?? [], .timestamp))
        let head = SignedHead(
            version: change.version ?? stamp.head.version,
            expires: change.expires ?? stamp.head.expires
        )
        archive.members[listPath] = nil
        archive.members[snapshotPath] = nil
        let targets = list.targets.map { target -> Target in
            guard let origin = target.origin else { return target }
            let moved = Target.Origin(
                source: origin.source,
                url: origin.url,
                fetchedAt: change.fetchedAt ?? origin.fetchedAt,
                httpDate: origin.httpDate,
                etag: origin.etag
            )
            guard let body = change.bodies[origin.url] else {
                return Target(name: target.name, facts: target.facts, origin: moved)
            }
            let new = Target(name: target.name, facts: FileFacts(body), origin: moved)
            archive.members[target.member.path] = nil
            archive.members[new.member.path] = body
            return new
        }
        let targetsFile = try MetadataSeal.file(
            TargetsMetadata(head: head, targets: targets).canonical,
            by: change.keys
        )
        let snapshot = try MetadataSeal.file(
            SnapshotMetadata(head: head, targetsVersion: head.version, targets: FileFacts(targetsFile)).canonical,
            by: change.keys
        )
        let timestamp = TimestampMetadata(
            head: head,
            created: change.created ?? stamp.created,
            repository: change.repository ?? stamp.repository,
            snapshotVersion: head.version,
            snapshot: FileFacts(snapshot)
        )
        archive.members["metadata/\(head.version).targets.json"] = targetsFile
        archive.members["metadata/\(head.version).snapshot.json"] = snapshot
        archive.members["metadata/timestamp.json"] = try MetadataSeal.file(timestamp.canonical, by: change.keys)
        return archive
    }
}
