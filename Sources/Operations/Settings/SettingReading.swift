/// What reading settings collects on its way: faults, where each value came from, and how to resolve paths.
struct SettingReading {
    /// The file as it was named to the reader.
    let file: String
    /// The folder relative paths are resolved against; empty for the working folder.
    let folder: String
    var faults: [ConfigurationFault] = []
    /// Dotted key → line, for every key the file sets.
    var lines: [String: Int] = [:]
    /// The dotted key of the section being read.
    var section = ""
    /// The key being read, as messages name it.
    var name = ""

    init(file: String) {
        self.file = file
        folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
    }

    mutating func fault(_ node: YAMLNode, _ code: ConfigurationFault.Code, _ message: String) {
        faults.append(
            ConfigurationFault(file: file, line: node.line, column: node.column, code: code, message: message)
        )
    }

    mutating func fault(_ key: YAMLNode.Key, _ code: ConfigurationFault.Code, _ message: String) {
        faults.append(ConfigurationFault(file: file, line: key.line, column: key.column, code: code, message: message))
    }

    /// Says that the value of the current key is not `wanted`, and which of `names` was probably meant; nil, so that a
    /// form can return it.
    mutating func wrong<Value>(
        _ node: YAMLNode,
        _ wanted: String,
        _ code: ConfigurationFault.Code = .wrongType,
        among names: [String] = []
    ) -> Value? {
        let advice = Self.meant(node, among: names).map { "; did you mean \($0)?" } ?? ""
        fault(node, code, "\(name) must be \(wanted), found \(Self.shown(node))\(advice)")
        return nil
    }

    /// The one of `names` that a scalar probably means.
    static func meant(_ node: YAMLNode, among names: [String]) -> String? {
        guard case .scalar(let text, _) = node.content else { return nil }
        return NameSuggestion.nearest(to: text, among: names)
    }

    /// `path` as given when absolute, else below the folder of the configuration file.
    func resolve(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        let below = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        return folder.isEmpty && !file.hasPrefix("/") ? below : "\(folder)/\(below)"
    }

    /// A value as messages show it.
    static func shown(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar where node.isEmpty: "nothing"
        case .scalar(let text, _): SafeText.quoted(text)
        case .mapping: "a mapping"
        case .sequence: "a list"
        }
    }
}
