import Crypto
import OpenBanking

/// What the directory's authorities are called, and the policy their certificates name.
struct AuthorityNames: Sendable {
    let root: NameTemplate
    let issuing: NameTemplate
    let directory: NameTemplate
    let policy: String

    init(_ environment: DirectoryEnvironment) {
        let kind = environment == .production ? "" : "Pre-Production "
        func name(_ commonName: String) -> NameTemplate {
            NameTemplate([.country("GB"), .organization("OpenBanking"), .commonName(commonName)])
        }
        root = name("OpenBanking \(kind)Root CA")
        issuing = name("OpenBanking \(kind)Issuing CA")
        directory = name("OpenBanking Directory")
        policy = environment == .production ? "1.3.6.1.4.1.5237.134.1.1" : "1.3.6.1.4.1.5237.134.1.100"
    }
}
