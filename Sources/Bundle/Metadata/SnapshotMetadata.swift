import Encoding

/// A snapshot: which targets go together with it.
struct SnapshotMetadata {
    let head: SignedHead
    let targetsVersion: Int64
    let targets: FileFacts

    init(head: SignedHead, targetsVersion: Int64, targets: FileFacts) {
        (self.head, self.targetsVersion, self.targets) = (head, targetsVersion, targets)
    }

    init(_ envelope: Envelope) throws(BundleFault) {
        head = try SignedHead(envelope)
        guard let meta = envelope.signed["meta"], meta.count == 1, let entry = meta["targets.json"],
            let version = entry["version"]?.integer, version >= 1, let facts = FileFacts(entry)
        else {
            throw BundleFault(.malformed, "snapshot.json does not give version, length and SHA-256 of its targets")
        }
        (targetsVersion, targets) = (version, facts)
    }

    /// What is signed.
    var canonical: ByteSlice {
        let buffer = ByteBuffer(capacity: 512)
        var writer = CanonicalWriter(buffer)
        writer.object { writer in
            writer.member("_type", MetadataRole.snapshot.rawValue)
            writer.member("expires", Timestamp.rfc3339(head.expires))
            writer.name("meta")
            writer.object { writer in
                writer.name("targets.json")
                writer.object { writer in
                    targets.write(&writer)
                    writer.member("version", targetsVersion)
                }
            }
            writer.member("spec_version", SignedHead.specification)
            writer.member("version", head.version)
        }
        return buffer.all
    }
}
