import Crypto
import Encoding

/// A timestamp: which snapshot is the newest, when it was made, and by which repository.
struct TimestampMetadata {
    let head: SignedHead
    let created: UnixTime
    let repository: String
    let snapshotVersion: Int64
    let snapshot: FileFacts

    init(head: SignedHead, created: UnixTime, repository: String, snapshotVersion: Int64, snapshot: FileFacts) {
        self.head = head
        self.created = created
        self.repository = repository
        self.snapshotVersion = snapshotVersion
        self.snapshot = snapshot
    }

    init(_ envelope: Envelope) throws(BundleFault) {
        head = try SignedHead(envelope)
        guard let meta = envelope.signed["meta"], meta.count == 1, let entry = meta["snapshot.json"],
            let version = entry["version"]?.integer, version >= 1, let facts = FileFacts(entry)
        else {
            throw BundleFault(.malformed, "timestamp.json does not give version, length and SHA-256 of one snapshot")
        }
        (snapshotVersion, snapshot) = (version, facts)
        guard let custom = envelope.signed["custom"], let name = custom["repository"]?.text?.string,
            let time = custom["created"]?.text?.string, let created = Timestamp.parse(time)
        else { throw BundleFault(.malformed, "timestamp.json does not say when and by whom it was made") }
        self.created = created
        repository = name
    }

    /// What is signed.
    var canonical: ByteSlice {
        let buffer = ByteBuffer(capacity: 512)
        var writer = CanonicalWriter(buffer)
        writer.object { writer in
            writer.member("_type", MetadataRole.timestamp.rawValue)
            writer.name("custom")
            writer.object { writer in
                writer.member("created", Timestamp.rfc3339(created))
                writer.member("repository", repository)
            }
            writer.member("expires", Timestamp.rfc3339(head.expires))
            writer.name("meta")
            writer.object { writer in
                writer.name("snapshot.json")
                writer.object { writer in
                    snapshot.write(&writer)
                    writer.member("version", snapshotVersion)
                }
            }
            writer.member("spec_version", SignedHead.specification)
            writer.member("version", head.version)
        }
        return buffer.all
    }
}
