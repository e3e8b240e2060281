import ArgumentParser
import Operations

/// Where the configuration is, and how much is said.
struct SettingsOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The configuration file.", completion: .file(extensions: ["yaml"]))
    var config: String?

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more.")
    var verbose = false

    func validate() throws {
        if quiet, verbose { throw ValidationError("-q and -v exclude each other.") }
    }
}
