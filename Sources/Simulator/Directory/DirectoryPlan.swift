package import Encoding
package import OpenBanking

/// What a simulated directory should hold; the same plan gives the same directory but for its keys.
package struct DirectoryPlan: Sendable {
    /// Which transport certificates the software holds.
    package enum Profiles: String, Sendable, CaseIterable {
        case obwac, legacy
        /// Every third organisation's software is legacy.
        case mixed
    }

    /// The seed of everything but keys.
    package var seed: UInt64 = 1
    /// The moment all windows of validity are laid around.
    package var now: UnixTime
    /// Which directory it plays: names of authorities, identifiers and `software_environment` follow.
    package var environment: DirectoryEnvironment
    /// Where the key store is: scheme, host and perhaps port, without a slash at the end.
    package var baseURL: String
    /// How many organisations there are; three or more give both profiles in a mixed directory.
    package var organisations = 3
    /// How many pieces of software each organisation has; two or more let every fault be shown.
    package var softwarePerOrganisation = 4
    /// Which certificates they hold.
    package var profiles = Profiles.mixed
    /// How many RSA keys are shared out; raised to what one organisation needs, as it never holds one twice.
    package var keyPool = 24
    /// Every n-th software signs with P-256 (ES256) instead of RSA; 0 means none.
    package var ellipticEvery = 3

    /// Makes a plan; without a base URL the key store has the real one's host.
    package init(now: UnixTime, environment: DirectoryEnvironment = .sandbox, baseURL: String? = nil) {
        self.now = now
        self.environment = environment
        switch environment {
        case .production: self.baseURL = baseURL ?? "https://keystore.openbanking.org.uk"
        case .sandbox: self.baseURL = baseURL ?? "https://keystore.openbankingtest.org.uk"
        }
    }
}
