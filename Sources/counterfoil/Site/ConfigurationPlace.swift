import Operations

/// Where the configuration is looked for: `--config`, `$COUNTERFOIL_CONFIG`, `./counterfoil.yaml`,
/// `/etc/counterfoil/counterfoil.yaml`; without any, everything is at its default.
enum ConfigurationPlace {
    static let here = "counterfoil.yaml"
    static let system = "/etc/counterfoil/counterfoil.yaml"

    /// The file in force; nil where there is none.
    static func path(_ option: String?) -> String? {
        if let option { return option }
        if let variable = Environment["COUNTERFOIL_CONFIG"], !variable.isEmpty { return variable }
        return [here, system].first(where: Folders.exists)
    }

    /// The configuration in force.
    static func load(_ option: String?) throws(Failure) -> Configuration {
        guard let path = path(option) else { return Configuration() }
        do throws(ConfigurationFaults) {
            return try ConfigurationReader.load(path: path)
        } catch {
            throw Failure(error)
        }
    }
}
