package import Fetch
package import Operations

/// The fetch's settings as the configuration file gives them.
package enum ConfiguredFetch {
    /// Hosts of `allow_hosts` serve everything, hosts of `crl_hosts` revocation lists only.
    ///
    /// `credentials` is the value of `$CREDENTIALS_DIRECTORY`. A host named `localhost` may be this machine; any other
    /// name must lead to an address that `directory.reach` allows.
    package static func settings(
        _ configuration: Configuration,
        credentials: String?,
        userAgent: String = "counterfoil"
    ) -> FetchSettings {
        let directory = configuration.directory
        let refresh = configuration.refresh
        let reach: HostRule.Reach = directory.reach == .private ? .private : .public
        var rules: [String: HostRule] = [:]
        for text in directory.crlHosts { add(text, [.revocationList], reach, to: &rules) }
        for text in directory.allowHosts {
            add(text, FetchClass.allCases, reach, to: &rules) { rule in
                if !directory.caFile.isEmpty { rule.authorityFile = directory.caFile }
                rule.clientCertificateFile = directory.clientCertificate.path(credentials: credentials)
                rule.clientKeyFile = directory.clientKey.path(credentials: credentials)
                rule.pins = directory.pins.filter { $0.host == rule.name }.map(\.digest)
            }
        }
        return FetchSettings(
            hosts: rules.values.sorted { $0.name < $1.name },
            timeoutMilliseconds: Int(refresh.timeout.milliseconds),
            connectTimeoutMilliseconds: Int(refresh.connectTimeout.milliseconds),
            keySetByteLimit: refresh.maxBody.bytes,
            revocationListByteLimit: refresh.maxCRL.bytes,
            parallel: refresh.parallel,
            ratePerHost: refresh.rate,
            userAgent: userAgent,
            proxy: directory.proxy
        )
    }

    /// Adds one `host` (its schemes' own ports) or `host:port`; a host listed twice gets both.
    private static func add(
        _ text: String,
        _ classes: [FetchClass],
        _ reach: HostRule.Reach,
        to rules: inout [String: HostRule],
        _ change: (inout HostRule) -> Void = { _ in }
    ) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard let name = parts.first.map({ $0.lowercased() }) else { return }
        var rule = rules[name] ?? HostRule(name: name)
        rule.classes = classes
        rule.reach = name == "localhost" ? .loopback : reach
        if parts.count == 2, let port = UInt16(parts[1]) {
            rule.ports.append(port)
        } else {
            rule.ports += [443, 80]
        }
        change(&rule)
        rules[name] = rule
    }
}
