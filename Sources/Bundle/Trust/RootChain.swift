import Crypto
import Encoding
import KeyCache

/// Follows the roots of a bundle from the trusted one to its newest (TUF 1.0 §5.3).
struct RootChain {
    let file: ArchiveFile
    let index: ArchiveIndex
    let trust: TrustedState

    /// The newest root and those that are new.
    ///
    /// Each is signed by as many keys as the one before asks for and as it asks for itself. The bundle's copies of roots
    /// that are trusted already must be those.
    func follow() throws(BundleFault) -> (root: RootMetadata, new: [TrustRow]) {
        let versions = index.roots
        guard versions.count <= BundleLimits.roots, let newest = versions.last else {
            throw BundleFault(.truncated, "there is no root in it, or more than \(BundleLimits.roots)")
        }
        var (current, new) = try start(versions)
        for version in versions where version <= current.head.version { try compare(version, current) }
        guard newest >= current.head.version else {
            throw BundleFault(
                .rollback,
                "its newest root is version \(newest), trusted is version \(current.head.version)"
            )
        }
        for version in versions where version > current.head.version {
            guard version == current.head.version + 1 else {
                throw BundleFault(.rootGap, "root \(version) is in it and root \(current.head.version + 1) is not")
            }
            let bytes = try bytes(version)
            let envelope = try Envelope(bytes, .root)
            let next = try RootMetadata(envelope)
            try current[.root].verify(envelope, by: "the keys of root \(current.head.version)")
            try next[.root].verify(envelope, by: "its own root keys")
            guard next.head.version == version else {
                throw BundleFault(.malformed, "\(version).root.json says it is version \(next.head.version)")
            }
            guard next.repository == current.repository else {
                throw BundleFault(.secondExporter, "root \(version) is of the repository \(next.repository)")
            }
            new.append(TrustRow(.root, version: version, sha256: envelope.fileDigest, json: bytes))
            current = next
        }
        return (current, new)
    }

    /// The root to begin with: the newest trusted one, or the pinned one of the bundle.
    private func start(_ versions: [Int64]) throws(BundleFault) -> (RootMetadata, [TrustRow]) {
        if let last = trust.roots.last {
            if let pin = trust.pin, !trust.roots.contains(where: { $0.sha256 == pin }) {
                throw BundleFault(.pinMismatch, "no root trusted so far is the pinned one, \(pin.hex)")
            }
            return (try RootMetadata(Envelope(last.json, .root)), [])
        }
        guard let pin = trust.pin else { throw BundleFault(.notPinned, "no root of trust is pinned here yet") }
        for version in versions {
            let bytes = try bytes(version)
            guard SHA256Digest.of(bytes) == pin else { continue }
            let envelope = try Envelope(bytes, .root)
            let root = try RootMetadata(envelope)
            try root[.root].verify(envelope, by: "its own root keys")
            guard root.head.version == version else {
                throw BundleFault(.malformed, "\(version).root.json says it is version \(root.head.version)")
            }
            return (root, [TrustRow(.root, version: version, sha256: pin, json: bytes)])
        }
        throw BundleFault(.pinMismatch, "none of its roots has the pinned SHA-256, \(pin.hex)")
    }

    /// Refuses a root that differs from the one trusted under its version.
    private func compare(_ version: Int64, _ current: RootMetadata) throws(BundleFault) {
        guard let known = trust.roots.first(where: { $0.version == version }) else { return }
        let bytes = try bytes(version)
        guard SHA256Digest.of(bytes) != known.sha256 else { return }
        let other = try RootMetadata(Envelope(bytes, .root))
        guard other.repository == current.repository else {
            throw BundleFault(
                .secondExporter,
                "it is of the repository \(other.repository), trusted is \(current.repository)"
            )
        }
        // More or other signatures on the same words are no other root.
        let mine = try Envelope(known.json, .root)
        guard try Envelope(bytes, .root).signedDigest == mine.signedDigest else {
            throw BundleFault(.equivocation, "its root \(version) is not the root \(version) trusted here")
        }
    }

    private func bytes(_ version: Int64) throws(BundleFault) -> [UInt8] {
        guard let place = index.members[.root(version)] else {
            throw BundleFault(.truncated, "\(version).root.json is not in it")
        }
        return try file.bytes(place)
    }
}
