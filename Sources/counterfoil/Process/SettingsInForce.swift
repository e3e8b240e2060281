import Crypto
import Encoding
import Operations

/// What decides on acceptance, as settings with their values in YAML; nothing among it is secret.
struct SettingsInForce: Equatable {
    /// One setting that is otherwise than before.
    struct Change: Equatable {
        let key: String
        let from: String?
        let to: String?
    }

    private static let sections = [
        "environment", "directory.", "trust.", "process.limits.", "policy.", "results.", "refresh.classes.",
        "refresh.crl_grace",
    ]
    /// May hold a password, or says nothing about acceptance.
    private static let left = ["directory.proxy", "directory.client_certificate", "directory.client_key"]
    private static let (anchorsKey, versionKey) = ("trust.anchors_sha256", "version")

    /// By key.
    private(set) var values: [String: String]

    /// Those of a configuration, the trust anchors by what is in their folder, and the version that reads them.
    init(_ configuration: Configuration, anchors: SHA256Digest) {
        values = [Self.anchorsKey: anchors.hex, Self.versionKey: Version.number]
        for entry in configuration.entries where !Self.left.contains(entry.path) {
            guard let value = entry.value,
                Self.sections.contains(where: { entry.path == $0 || $0.hasSuffix(".") && entry.path.hasPrefix($0) })
            else { continue }
            values[entry.path] = value.yaml
        }
    }

    /// Reads `text`.
    init(text: String) {
        values = [:]
        for line in text.split(separator: "\n") {
            guard let end = line.firstRange(of: ": ") else { continue }
            values[String(line[..<end.lowerBound])] = String(line[end.upperBound...])
        }
    }

    /// A line each, in the order of the keys.
    var text: String { values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n") }

    /// The trust anchors, by their digest; nil where an earlier version did not write that down.
    var anchors: SHA256Digest? {
        values[Self.anchorsKey].flatMap { Hex.decode($0) }.flatMap { SHA256Digest(bytes: $0) }
    }

    /// The version that judged by them.
    var version: String? { values[Self.versionKey] }

    /// What became otherwise, in the order of the keys.
    func changes(to later: SettingsInForce) -> [Change] {
        Set(values.keys).union(later.values.keys).sorted().compactMap { key in
            let (from, to) = (values[key], later.values[key])
            return from == to ? nil : Change(key: key, from: from, to: to)
        }
    }

    /// Goes back to before some changes.
    mutating func undo(_ changes: [Change]) {
        for change in changes { values[change.key] = change.from }
    }

    /// The configuration that has these settings and the defaults for all others.
    func configuration() throws(ConfigurationFaults) -> Configuration {
        try ConfigurationReader.read(text: yaml, file: "the settings of then")
    }

    /// One value of YAML, sections in braces.
    private var yaml: String {
        let own = values.filter { $0.key != Self.anchorsKey && $0.key != Self.versionKey }
        return Self.yaml(own.map { ($0.key.split(separator: ".").map(String.init)[...], $0.value) })
    }

    private static func yaml(_ values: [(path: ArraySlice<String>, value: String)]) -> String {
        let parts = Dictionary(grouping: values) { $0.path.first ?? "" }.sorted { $0.key < $1.key }
        let texts = parts.map { name, below in
            if let only = below.first, only.path.count == 1 { return "\(name): \(only.value)" }
            return "\(name): \(yaml(below.map { ($0.path.dropFirst(), $0.value) }))"
        }
        return "{" + texts.joined(separator: ", ") + "}"
    }
}
