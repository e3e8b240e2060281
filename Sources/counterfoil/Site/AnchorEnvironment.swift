import OpenBanking
import PKIX

/// Keeps the authorities of production and sandbox apart, which the directory names differently (rule R-117).
enum AnchorEnvironment {
    /// The common names of the production authorities.
    private static let production: Set<String> = ["OpenBanking Root CA", "OpenBanking Issuing CA"]
    /// How those of the sandbox begin.
    private static let sandboxPrefix = "OpenBanking Pre-Production "

    /// The name of an authority of the directory that belongs to the other environment, or nil.
    static func stranger(among anchors: TrustAnchors, in environment: DirectoryEnvironment) -> String? {
        anchors.directory.compactMap { certificate in
            guard certificate.subject.organisation == "OpenBanking" else { return nil }
            return certificate.subject.commonName
        }
        .first { name in
            environment == .production ? name.hasPrefix(sandboxPrefix) : production.contains(name)
        }
    }
}
