import Encoding
import JOSE

/// One source as a snapshot holds it.
struct SourceEntry: Sendable {
    let id: Int64
    /// The generation its content is of: while it stays, the keys need not be read again.
    let contentGeneration: Int
    let environment: String?
    let sourceClass: SourceClass
    let set: KeySet

    init(_ source: Source, keys: [VerificationKey], standings: [KeyStanding]) {
        id = source.id
        contentGeneration = source.contentGeneration
        environment = source.environment
        sourceClass = source.class
        set = KeySet(
            url: source.url,
            class: Self.setClass(of: source.class),
            fetchedAt: source.lastSuccess ?? 0,
            freshUntil: source.freshUntil ?? 0,
            usableUntil: source.usableUntil ?? 0,
            keys: keys,
            standings: standings
        )
    }

    /// The same content with what the row says now.
    func renewed(_ source: Source) -> SourceEntry {
        if set.fetchedAt == source.lastSuccess, set.freshUntil == source.freshUntil,
            set.usableUntil == source.usableUntil, environment == source.environment
        {
            return self
        }
        return SourceEntry(source, keys: set.keys, standings: set.standings)
    }

    private static func setClass(of class: SourceClass) -> KeySet.Class {
        switch `class` {
        case .directory: .directory
        case .organisation: .organisation
        case .software: .software
        case .organisationRevoked, .softwareRevoked: .revoked
        case .crl: .crl
        }
    }
}
