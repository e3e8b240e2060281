package import Crypto
package import Encoding

/// A root as a file, on its way from key holder to key holder.
package struct RootFile {
    /// The bytes of the file.
    package let bytes: [UInt8]
    package let version: Int64
    package let expires: UnixTime
    package let repository: String
    /// The keys that sign roots by their ids, and how many must.
    package let rootKeys: [String: VerifyingKey]
    package let threshold: Int
    /// The keys of the exporter.
    package let exporterKeys: [VerifyingKey]
    /// The digest of the file, which a site pins.
    package let sha256: SHA256Digest
    private let envelope: Envelope

    /// Reads a root, signed or not.
    package init(_ bytes: [UInt8]) throws(BundleFault) {
        envelope = try Envelope(bytes, .root)
        let root = try RootMetadata(envelope)
        self.bytes = bytes
        version = root.head.version
        expires = root.head.expires
        repository = root.repository
        rootKeys = root[.root].keys
        threshold = root[.root].threshold
        exporterKeys = root[.timestamp].keys.sorted { $0.key < $1.key }.map(\.value)
        sha256 = envelope.fileDigest
    }

    /// How many of its own root keys signed it.
    package var signed: Int { good(rootKeys).count }

    /// How many keys of the root before signed it.
    package func signed(by previous: RootFile) -> Int { good(previous.rootKeys).count }

    /// The same root with a signature of `key`, which must be a root key of it or of the root before.
    package func adding(_ key: SigningKey, previous: RootFile?) throws(BundleFault) -> RootFile {
        let id = MetadataKey(key.publicKey).id
        guard rootKeys[id] != nil || previous?.rootKeys[id] != nil else {
            throw BundleFault(.signing, "the key \(id) signs neither this root nor the one before")
        }
        let signature: [UInt8]
        do throws(CryptoError) { signature = try key.sign(envelope.canonical) } catch {
            throw BundleFault(.signing, "the key cannot sign: \(error)")
        }
        let others = envelope.signatures.filter { $0.keyID != id }
        let all = others + [Envelope.Signature(keyID: id, bytes: signature)]
        return try RootFile(MetadataSeal.file(envelope.canonical, all))
    }

    /// The ids of the keys that root metadata names a key by.
    package static func id(of key: VerifyingKey) -> String { MetadataKey(key).id }

    private func good(_ keys: [String: VerifyingKey]) -> [String] {
        envelope.signatures
            .filter { keys[$0.keyID]?.verifies($0.bytes, over: envelope.canonical) ?? false }
            .map(\.keyID)
    }
}
