import OpenBanking

/// Reads a configuration file strictly: every mistake is found, placed and explained, and nothing is guessed.
package enum ConfigurationReader {
    /// Files larger than this are not configuration.
    package static let byteLimit = 1 << 20

    /// The configuration in the file at `path`; relative paths in it are below its folder.
    package static func load(path: String) throws(ConfigurationFaults) -> Configuration {
        try read(bytes: TextFile.bytes(path, limit: byteLimit), file: path)
    }

    /// The configuration in `bytes`, which must be UTF-8; `file` is what faults call it.
    package static func read(bytes: [UInt8], file: String) throws(ConfigurationFaults) -> Configuration {
        try read(text: TextFile.text(bytes, file: file, limit: byteLimit), file: file)
    }

    /// The configuration in `text`; `file` is what faults call it, and its folder is where relative paths start.
    package static func read(text: String, file: String) throws(ConfigurationFaults) -> Configuration {
        guard text.utf8.count <= byteLimit else { throw TextFile.tooLarge(file, limit: byteLimit) }
        let document = YAMLDocument(text, file: file)
        var reading = SettingReading(file: file)
        reading.faults = document.faults
        var configuration = Configuration(environment: environment(document.root))
        if let root = document.root {
            Configuration.settings.read(root, into: &configuration, named: nil, &reading)
        }
        configuration.directory.follow(
            keystore: reading.lines["directory.jwks"] == nil,
            hosts: reading.lines["directory.allow_hosts"] == nil
        )
        configuration.origin = ConfigurationOrigin(file: file, lines: reading.lines)
        if reading.faults.isEmpty { ConfigurationConflicts.check(configuration, document.root, &reading) }
        guard reading.faults.isEmpty else { throw ConfigurationFaults(reading.faults) }
        return configuration
    }

    /// The environment the file names, which decides the directory's defaults; its faults are found later.
    private static func environment(_ root: YAMLNode?) -> DirectoryEnvironment {
        guard case .mapping(let pairs)? = root?.content,
            case .scalar(let name, _)? = pairs.first(where: { $0.key.name == "environment" })?.value.content
        else { return .sandbox }
        return DirectoryEnvironment(rawValue: name) ?? .sandbox
    }
}
