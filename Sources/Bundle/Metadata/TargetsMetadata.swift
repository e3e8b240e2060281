import Encoding

/// Targets: everything a bundle carries, each with its digest.
struct TargetsMetadata {
    let head: SignedHead
    /// In the order of their names.
    let targets: [Target]

    init(head: SignedHead, targets: [Target]) {
        (self.head, self.targets) = (head, targets)
    }

    init(_ envelope: Envelope) throws(BundleFault) {
        head = try SignedHead(envelope)
        guard envelope.signed["delegations"] == nil, let list = envelope.signed["targets"], list.kind == .object else {
            throw BundleFault(.malformed, "targets.json has no targets, or leaves some to others")
        }
        var targets: [Target] = []
        targets.reserveCapacity(list.count)
        for member in list.members { targets.append(try Target(name: member.name.string, member.value)) }
        guard Target.own.isSubset(of: targets.lazy.filter { $0.origin == nil }.map(\.name)) else {
            throw BundleFault(.malformed, "targets.json lacks sources.json, history.jwt or observations.ndjson")
        }
        self.targets = targets.sorted { $0.name < $1.name }
    }

    /// One of the bundle's own.
    subscript(_ name: String) -> Target? { targets.first { $0.name == name } }

    /// What is signed.
    var canonical: ByteSlice {
        let buffer = ByteBuffer(capacity: 1024 + targets.count * 512)
        var writer = CanonicalWriter(buffer)
        writer.object { writer in
            writer.member("_type", MetadataRole.targets.rawValue)
            writer.member("expires", Timestamp.rfc3339(head.expires))
            writer.member("spec_version", SignedHead.specification)
            writer.name("targets")
            writer.object { writer in
                for target in targets {
                    writer.name(target.name)
                    target.write(&writer)
                }
            }
            writer.member("version", head.version)
        }
        return buffer.all
    }
}
