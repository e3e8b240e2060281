package import KeyCache
import OpenBanking
package import Operations

/// The sources an operator wants kept: the configured directory and what `sources.yaml` lists.
package enum PlannedSources {
    /// Seeds for `KeyStore.upsert`; organisations and software expand to their key set and revoked set.
    package static func seeds(_ file: SourcesFile, _ configuration: Configuration) -> [SourceSeed] {
        let environment = configuration.environment.rawValue
        let keystore = KeystoreURLs(base: configuration.directory.keystore)
        var seeds: [SourceSeed] = []
        func add(_ url: String, _ class: SourceClass, _ organisation: String? = nil, _ software: String? = nil) {
            seeds.append(
                SourceSeed(
                    url: url,
                    class: `class`,
                    environment: environment,
                    organisationID: organisation,
                    softwareID: software,
                    origin: .configuration
                )
            )
        }
        for url in [configuration.directory.jwks] + file.directory { add(url, .directory) }
        for url in file.crls { add(url, .crl) }
        for organisation in file.organisations {
            let id = organisation.id
            add(keystore.organisation(id), .organisation, id)
            add(keystore.revoked(organisation: id), .organisationRevoked, id)
            for software in organisation.software {
                add(keystore.software(software, of: id), .software, id, software)
                add(keystore.revoked(software: software, of: id), .softwareRevoked, id, software)
            }
        }
        return seeds
    }
}
