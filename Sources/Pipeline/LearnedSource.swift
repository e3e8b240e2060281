import KeyCache
import OpenBanking

extension SourceSeed {
    /// The source a deferred request waits for, learned from a verified software statement; nil for configured ones.
    init?(_ wanted: OpenBanking.WantedKey, environment: DirectoryEnvironment) {
        let kind: SourceClass
        switch wanted.kind {
        case .directory: return nil
        case .organisation: kind = .organisation
        case .software: kind = .software
        case .organisationRevoked: kind = .organisationRevoked
        case .softwareRevoked: kind = .softwareRevoked
        case .crl: kind = .crl
        }
        self.init(
            url: wanted.url,
            class: kind,
            environment: environment.rawValue,
            organisationID: wanted.organisationID,
            softwareID: wanted.softwareID,
            origin: .statement
        )
    }
}
