import Crypto
import Encoding

@testable import Bundle

/// The key holders of a repository: three who sign roots, two of them at least, and an exporter.
struct Holders {
    let repository: String
    let roots: [SigningKey]
    let exporter: SigningKey

    static let shared = World.sure { try Holders("example") }
    /// Another repository's.
    static let strangers = World.sure { try Holders("strangers") }

    init(_ repository: String, exporter: SigningKey? = nil) throws {
        self.repository = repository
        roots = [
            try SigningKey.generate(.ed25519), try SigningKey.generate(.ecdsaP256), try SigningKey.generate(.rsaPSS),
        ]
        self.exporter = try exporter ?? SigningKey.generate(.ed25519)
    }

    /// The same holders of roots with another exporter.
    func with(exporter: SigningKey) -> Holders { Holders(repository: repository, roots: roots, exporter: exporter) }

    private init(repository: String, roots: [SigningKey], exporter: SigningKey) {
        (self.repository, self.roots, self.exporter) = (repository, roots, exporter)
    }

    /// A root, signed by some of the holders.
    func root(
        version: Int64 = 1,
        signers: [Int] = [0, 1],
        expires: UnixTime = World.start + 365 * World.day,
        exporter: SigningKey? = nil
    ) throws -> [UInt8] {
        let draft = RootDraft(
            repository: repository,
            version: version,
            expires: expires,
            rootKeys: roots.map(\.publicKey),
            threshold: 2,
            exporterKeys: [(exporter ?? self.exporter).publicKey]
        )
        var file = try RootFile(draft.file())
        for signer in signers { file = try file.adding(roots[signer], previous: nil) }
        return file.bytes
    }

    static let first = World.sure { try Holders.shared.root() }
    static var pin: SHA256Digest { SHA256Digest.of(first) }
}
