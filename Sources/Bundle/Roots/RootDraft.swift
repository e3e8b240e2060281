package import Crypto
package import Encoding

/// A root to be signed: who may sign what from now on.
package struct RootDraft {
    /// The name of the repository.
    package var repository: String
    /// The version: one more than that of the root it replaces, or 1.
    package var version: Int64
    package var expires: UnixTime
    /// The keys that sign roots, and how many of them must.
    package var rootKeys: [VerifyingKey]
    package var threshold: Int
    /// The keys that sign timestamp, snapshot and targets, each alone.
    package var exporterKeys: [VerifyingKey]

    /// 365 days.
    package static let standardLife: Int64 = 365 * 86_400

    package init(
        repository: String,
        version: Int64,
        expires: UnixTime,
        rootKeys: [VerifyingKey],
        threshold: Int,
        exporterKeys: [VerifyingKey]
    ) {
        self.repository = repository
        self.version = version
        self.expires = expires
        self.rootKeys = rootKeys
        self.threshold = threshold
        self.exporterKeys = exporterKeys
    }

    /// The file without a signature.
    package func file() throws(BundleFault) -> [UInt8] {
        guard RootMetadata.isName(repository) else {
            throw BundleFault(
                .misuse,
                "a repository's name has up to \(RootMetadata.nameLimit) letters, digits, dots, hyphens"
            )
        }
        let (roots, exporters) = (rootKeys.map(MetadataKey.init), exporterKeys.map(MetadataKey.init))
        guard Set(roots.map(\.id)).count == roots.count, Set(exporters.map(\.id)).count == exporters.count else {
            throw BundleFault(.misuse, "a key is given twice for one role")
        }
        guard (1...roots.count).contains(threshold), !exporters.isEmpty else {
            throw BundleFault(.misuse, "the threshold is not from 1 to the number of root keys, or a key is missing")
        }
        return MetadataSeal.file(canonical(roots, exporters), [])
    }

    private func canonical(_ roots: [MetadataKey], _ exporters: [MetadataKey]) -> ByteSlice {
        let buffer = ByteBuffer(capacity: 4096)
        var writer = CanonicalWriter(buffer)
        let all = Dictionary((roots + exporters).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        writer.object { writer in
            writer.member("_type", MetadataRole.root.rawValue)
            writer.name("consistent_snapshot")
            writer.bool(true)
            writer.name("custom")
            writer.object { $0.member("repository", repository) }
            writer.member("expires", Timestamp.rfc3339(expires))
            writer.name("keys")
            writer.object { writer in
                for (id, key) in all.sorted(by: { $0.key < $1.key }) {
                    writer.name(id)
                    MetadataKey.write(key.key, &writer)
                }
            }
            writer.name("roles")
            writer.object { writer in
                for role in MetadataRole.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
                    writer.name(role.rawValue)
                    Self.write(role == .root ? roots : exporters, role == .root ? threshold : 1, &writer)
                }
            }
            writer.member("spec_version", SignedHead.specification)
            writer.member("version", version)
        }
        return buffer.all
    }

    private static func write(_ keys: [MetadataKey], _ threshold: Int, _ writer: inout CanonicalWriter) {
        writer.object { writer in
            writer.name("keyids")
            writer.array { writer in
                for id in keys.map(\.id).sorted() { writer.string(id) }
            }
            writer.member("threshold", Int64(threshold))
        }
    }
}
