package import OpenBanking

/// The directory whose keys are trusted, and how to reach it.
package struct DirectorySettings: Equatable, Sendable {
    /// Base URL of the directory's keystore; its host is the only one an SSA may name.
    ///
    /// Production: https://keystore.openbanking.org.uk
    package var keystore: String
    /// The directory's own key set, which signs software statements.
    ///
    /// Left out: keystore + /keystore/openbanking.jwks
    package var jwks: String
    /// The exact `iss` of software statements.
    package var issuer = "OpenBanking Ltd"
    /// The only hosts ever contacted for keys; URLs in an SSA must match.
    ///
    /// Left out: the host of keystore.
    package var allowHosts: [String]
    /// Hosts CRLs may be fetched from; http is allowed for them because a CRL is signed.
    package var crlHosts = ["ob.trustis.com"]
    /// Whether these hosts may also be on a private network (RFC 1918, 6598, 4193); `localhost` always is this machine.
    package var reach = Reach.public
    /// CA certificates (PEM) for the TLS of the fetch only; "" is the system's store.
    package var caFile = ""
    /// Client certificate for the fetch: a path, or credential:NAME for systemd's LoadCredential.
    package var clientCertificate = FilePlace.none
    /// Its private key, likewise.
    package var clientKey = FilePlace.none
    /// The only keys a host's TLS certificate may have, beside a good certificate; a host without pins may have any.
    package var pins: [Pin] = []
    /// HTTP proxy for the fetch, such as http://proxy.bank:3128.
    package var proxy = ""
    /// The directory's identity provider, for manual registration; "" turns manual registration off.
    package var idp = IdentityProviderSettings()

    /// The defaults of one directory.
    package init(environment: DirectoryEnvironment = .sandbox) {
        keystore = Self.keystore(of: environment)
        jwks = ""
        allowHosts = []
        follow(keystore: true, hosts: true)
    }

    /// Sets what follows from `keystore`: the address of the directory's key set, the hosts allowed.
    mutating func follow(keystore setJWKS: Bool, hosts: Bool) {
        let base = keystore.hasSuffix("/") ? String(keystore.dropLast()) : keystore
        if setJWKS { jwks = "\(base)/keystore/openbanking.jwks" }
        if hosts { allowHosts = [Self.host(of: keystore)] }
    }

    /// The keystore of a directory, as the directory publishes it.
    static func keystore(of environment: DirectoryEnvironment) -> String {
        switch environment {
        case .sandbox: "https://keystore.openbankingtest.org.uk"
        case .production: "https://keystore.openbanking.org.uk"
        }
    }

    /// The host (and port, when given) of an https URL.
    static func host(of url: String) -> String {
        String(url.dropFirst("https://".count).prefix { $0 != "/" }).lowercased()
    }

    static let settings: [Setting<DirectorySettings>] = [
        Setting(
            "keystore",
            \.keystore,
            .httpsURL(),
            "Base URL of the directory's keystore; its host is the only one an SSA may name. Production: "
                + "https://keystore.openbanking.org.uk"
        ),
        Setting(
            "jwks",
            \.jwks,
            .httpsURL(),
            "The directory's own key set, which signs software statements. Left out: keystore + "
                + "/keystore/openbanking.jwks"
        ),
        Setting("issuer", \.issuer, .text(), "The exact `iss` of software statements."),
        Setting(
            "allow_hosts",
            \.allowHosts,
            .list(of: .host, atLeast: 1),
            "The only hosts ever contacted for keys; URLs in an SSA must match. Left out: the host of keystore."
        ),
        Setting(
            "crl_hosts",
            \.crlHosts,
            .list(of: .host),
            "Hosts CRLs may be fetched from; http is allowed for them because a CRL is signed."
        ),
        Setting(
            "reach",
            \.reach,
            .choice(),
            "Whether these hosts may also be on a private network (RFC 1918, 6598, 4193); `localhost` always is this machine."
        ),
        Setting(
            "ca_file",
            \.caFile,
            .path(optional: true),
            "CA certificates (PEM) for the TLS of the fetch only; \"\" is the system's store."
        ),
        Setting(
            "client_certificate",
            \.clientCertificate,
            .file,
            "Client certificate for the fetch: a path, or credential:NAME for systemd's LoadCredential."
        ),
        Setting("client_key", \.clientKey, .file, "Its private key, likewise."),
        Setting(
            "pins",
            \.pins,
            .pins,
            "The only keys a host's TLS certificate may have, beside a good certificate; a host without pins may have any."
        ),
        Setting(
            "proxy",
            \.proxy,
            .httpsURL(optional: true, schemes: ["http", "https"]),
            "HTTP proxy for the fetch, such as http://proxy.bank:3128."
        ),
        Setting(
            section: "idp",
            \.idp,
            IdentityProviderSettings.settings,
            "The directory's identity provider, for manual registration; \"\" turns manual registration off."
        ),
    ]
}
