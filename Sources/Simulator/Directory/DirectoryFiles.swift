/// What a directory looks like from outside: names for the configuration, the sources file and the mirror tree.
extension SimulatedDirectory {
    /// The host of the key store, with its port where it has one: what `allow_hosts` and `KeyURLs` compare.
    package var host: String {
        let rest = plan.baseURL.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
        return rest.map(String.init) ?? plan.baseURL
    }

    /// The URL of the directory's own set.
    package var directoryURL: String { plan.baseURL + KeyStorePath.directory }

    /// The URL of the identity provider's set.
    package var identityKeysURL: String { plan.baseURL + KeyStorePath.identity }

    /// The exact `iss` of id_tokens.
    package var identityIssuer: String { plan.baseURL + "/idp" }

    /// The URLs of the revocation lists.
    package var listURLs: [String] {
        [plan.baseURL + AuthorityPath.issuingList, plan.baseURL + AuthorityPath.rootList]
    }

    /// The file `sources.yaml` that wants everything this directory publishes.
    package func sourcesYAML() -> String {
        var lines = ["directory: [\"\(identityKeysURL)\"]", "organisations:"]
        for organisation in organisations {
            let own = software.filter { $0.organisation.index == organisation.index }.map { "\"\($0.id)\"" }
            lines.append("  - {id: \"\(organisation.id)\", software: [\(own.joined(separator: ", "))]}")
        }
        lines.append("crls: [\(listURLs.map { "\"\($0)\"" }.joined(separator: ", "))]")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes every body to `folder/<host>/<path>`, the tree that `refresh --mirror` reads.
    package func publish(toMirror folder: String) throws(SimulatorError) {
        for path in paths {
            guard let body = body(path) else { continue }
            try FileWriter.write(body, to: folder + "/" + host + path)
        }
    }
}
