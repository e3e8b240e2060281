import Glibc
import Operations

/// Where the configuration is looked for: `--config`, `$COUNTERFOIL_CONFIG`, `./counterfoil.yaml`,
/// `/etc/counterfoil/counterfoil.yaml`; without any, everything is at its default.
///
/// The one in the folder a command is run in must be this user's or root's: where everybody may write, anybody could
/// have left one.
enum ConfigurationPlace {
    static let here = "counterfoil.yaml"
    static let system = "/etc/counterfoil/counterfoil.yaml"

    /// The file in force; nil where there is none.
    static func path(_ option: String?) -> String? {
        named(option) ?? [here, system].first(where: Folders.exists)
    }

    /// The configuration in force.
    static func load(_ option: String?) throws(Failure) -> Configuration {
        guard let path = path(option) else { return Configuration() }
        if named(option) == nil, path == here, isForeign(path) {
            let what = "belongs to another user, so it is not taken because it lies here"
            let remedy = "name it with --config or COUNTERFOIL_CONFIG if it is meant; else run this in another folder"
            throw Failure(UserMessage(path, what, remedy: remedy), name: "configuration.foreign", .configuration)
        }
        do throws(ConfigurationFaults) {
            return try ConfigurationReader.load(path: path)
        } catch {
            throw Failure(error)
        }
    }

    /// The file somebody named.
    private static func named(_ option: String?) -> String? {
        if let option { return option }
        guard let variable = Environment["COUNTERFOIL_CONFIG"], !variable.isEmpty else { return nil }
        return variable
    }

    private static func isForeign(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_uid != 0 && status.st_uid != geteuid()
    }
}
