import Crypto
import Encoding
import KeyCache

/// Verifies the metadata of a bundle in the order of TUF 1.0 §5: roots, timestamp, snapshot, targets.
///
/// Pure but for reading the file: what is trusted afterwards is in the result, and nowhere else.
struct MetadataChain {
    let file: ArchiveFile
    let index: ArchiveIndex
    let trust: TrustedState
    let now: UnixTime
    /// Whether an operator takes it beyond its expiry.
    let acceptsExpired: Bool

    func verify() throws(BundleFault) -> VerifiedMetadata {
        let (root, newRoots) = try RootChain(file: file, index: index, trust: trust).follow()
        try expect(root.head.expires, "the root")

        let (timestamp, envelope, timestampRow) = try timestamp()
        let signers = try root[.timestamp].verify(envelope, by: keys(.timestamp, root))
        guard timestamp.repository == root.repository else {
            throw BundleFault(.secondExporter, "its timestamp is of the repository \(timestamp.repository)")
        }
        let before = try remembered(root)
        if let old = before.timestamp { try compare(timestamp, envelope, old) }
        guard timestamp.created <= now + BundleLimits.clockSkew else {
            let made = Timestamp.rfc3339(timestamp.created)
            throw BundleFault(.clockBack, "it was made at \(made), later than our clock")
        }
        try expect(timestamp.head.expires, "it")

        let (snapshot, snapshotRow) = try snapshot(timestamp, root)
        if let old = before.snapshot, snapshot.targetsVersion < old.targetsVersion {
            throw BundleFault(
                .rollback,
                "its targets are version \(snapshot.targetsVersion), trusted is version \(old.targetsVersion)"
            )
        }
        try expect(snapshot.head.expires, "its snapshot")
        let (targets, targetsRow) = try targets(snapshot, root)
        try expect(targets.head.expires, "its targets")

        return VerifiedMetadata(
            root: root,
            newRoots: newRoots,
            timestamp: timestamp,
            targets: targets,
            rows: [timestampRow, snapshotRow, targetsRow],
            digest: envelope.signedDigest,
            signers: signers,
            expires: min(
                min(timestamp.head.expires, snapshot.head.expires),
                min(targets.head.expires, root.head.expires)
            ),
            isKnown: before.timestamp.map { $0.digest == envelope.signedDigest } ?? false,
            hasForgotten: before.hasForgotten
        )
    }

    // MARK: The files

    private func timestamp() throws(BundleFault) -> (TimestampMetadata, Envelope, TrustRow) {
        let bytes = try bytes(.timestamp)
        let envelope = try Envelope(bytes, .timestamp)
        let timestamp = try TimestampMetadata(envelope)
        let row = TrustRow(.timestamp, version: timestamp.head.version, sha256: envelope.fileDigest, json: bytes)
        return (timestamp, envelope, row)
    }

    private func snapshot(
        _ timestamp: TimestampMetadata,
        _ root: RootMetadata
    ) throws(BundleFault) -> (SnapshotMetadata, TrustRow) {
        let version = timestamp.snapshotVersion
        let (bytes, envelope) = try envelope(.snapshot, .snapshot(version), timestamp.snapshot, root)
        let snapshot = try SnapshotMetadata(envelope)
        guard snapshot.head.version == version else {
            throw BundleFault(.mixAndMatch, "its snapshot is version \(snapshot.head.version), not \(version)")
        }
        return (snapshot, TrustRow(.snapshot, version: version, sha256: envelope.fileDigest, json: bytes))
    }

    private func targets(
        _ snapshot: SnapshotMetadata,
        _ root: RootMetadata
    ) throws(BundleFault) -> (TargetsMetadata, TrustRow) {
        let version = snapshot.targetsVersion
        let (_, envelope) = try envelope(.targets, .targets(version), snapshot.targets, root)
        let targets = try TargetsMetadata(envelope)
        guard targets.head.version == version else {
            throw BundleFault(.mixAndMatch, "its targets are version \(targets.head.version), not \(version)")
        }
        return (targets, TrustRow(.targets, version: version, sha256: envelope.fileDigest, json: []))
    }

    /// Reads a file that other metadata names by length and digest, and verifies its signatures.
    private func envelope(
        _ role: MetadataRole,
        _ member: MemberName,
        _ facts: FileFacts,
        _ root: RootMetadata
    ) throws(BundleFault) -> ([UInt8], Envelope) {
        let bytes = try bytes(member)
        let isNamed = FileFacts(bytes) == facts
        do throws(BundleFault) {
            let envelope = try Envelope(bytes, role)
            try root[role].verify(envelope, by: keys(role, root))
            guard isNamed else {
                throw BundleFault(.mixAndMatch, "\(member.path) is genuine, but of another bundle than the rest")
            }
            return (bytes, envelope)
        } catch {
            guard !isNamed, error.kind != .mixAndMatch else { throw error }
            throw BundleFault(.tampered, "\(member.path) is not what was signed")
        }
    }

    private func bytes(_ member: MemberName) throws(BundleFault) -> [UInt8] {
        guard let place = index.members[member] else {
            let others = index.members.keys.contains { name in
                switch (name, member) {
                case (.snapshot, .snapshot), (.targets, .targets): true
                default: false
                }
            }
            throw BundleFault(others ? .mixAndMatch : .truncated, "\(member.path) is not in it")
        }
        return try file.bytes(place)
    }

    // MARK: What was trusted before

    private struct Remembered {
        var timestamp: (metadata: TimestampMetadata, digest: SHA256Digest)?
        var snapshot: SnapshotMetadata?
        var hasForgotten = false
    }

    /// What of the last bundle still counts: nothing that the newest root's keys did not sign, so that numbers a lost
    /// key had run up are forgotten with it (TUF 1.0 §5.3.11).
    private func remembered(_ root: RootMetadata) throws(BundleFault) -> Remembered {
        var remembered = Remembered()
        if let row = trust.last(.timestamp) {
            let envelope = try Envelope(row.json, .timestamp)
            if isSigned(envelope, root) {
                remembered.timestamp = (try TimestampMetadata(envelope), envelope.signedDigest)
            } else {
                remembered.hasForgotten = true
            }
        }
        if let row = trust.last(.snapshot) {
            let envelope = try Envelope(row.json, .snapshot)
            if isSigned(envelope, root) {
                remembered.snapshot = try SnapshotMetadata(envelope)
            } else {
                remembered.hasForgotten = true
            }
        }
        return remembered
    }

    private func isSigned(_ envelope: Envelope, _ root: RootMetadata) -> Bool {
        do throws(BundleFault) {
            try root[envelope.role].verify(envelope, by: "")
            return true
        } catch {
            return false
        }
    }

    private func compare(
        _ new: TimestampMetadata,
        _ envelope: Envelope,
        _ old: (metadata: TimestampMetadata, digest: SHA256Digest)
    ) throws(BundleFault) {
        let (version, trusted) = (new.head.version, old.metadata.head.version)
        if version < trusted || new.snapshotVersion < old.metadata.snapshotVersion {
            throw BundleFault(.rollback, "it is version \(version), imported before was version \(trusted)")
        }
        if version == trusted, envelope.signedDigest != old.digest {
            let detail = "it is another bundle with the number \(version) of the one imported before"
            throw BundleFault(.equivocation, detail)
        }
    }

    private func expect(_ expires: UnixTime, _ what: String) throws(BundleFault) {
        guard now >= expires, !acceptsExpired else { return }
        throw BundleFault(.expired, "\(what) expired at \(Timestamp.rfc3339(expires))")
    }

    private func keys(_ role: MetadataRole, _ root: RootMetadata) -> String {
        "the \(root[role].keys.count) \(role.rawValue) keys of root \(root.head.version)"
    }
}
