/// Limits of alerts given on a command line, in place of the configuration's.
extension AlertSettings {
    /// The names of the figures, such as `deferred`.
    package static var names: [String] { settings.map(\.name) }

    /// Replaces the limits of a figure, written as in the configuration; nil leaves one as it is.
    ///
    /// - Returns: what is wrong, in one line; nil when all is well.
    package mutating func replace(_ name: String, warning: String?, critical: String?) -> String? {
        guard let setting = Self.settings.first(where: { $0.name == name }) else {
            let advice =
                NameSuggestion.nearest(to: name, among: Self.names).map { "; did you mean \"\($0)\"?" }
                ?? "; known are \(Self.names.joined(separator: ", "))"
            return "there is no figure \(SafeText.quoted(name))\(advice)"
        }
        guard case .list(let limits)? = setting.entries(self, "").first?.value, limits.count == 2 else { return nil }
        func node(_ text: String?, _ limit: SettingText) -> YAMLNode {
            YAMLNode(content: .scalar(text ?? limit.yaml, quoted: false), line: 1, column: 1)
        }
        let pair = YAMLNode(
            content: .sequence([node(warning, limits[0]), node(critical, limits[1])]),
            line: 1,
            column: 1
        )
        var reading = SettingReading(file: "")
        reading.name = name
        var changed = self
        setting.read(YAMLNode.Key(name: name, line: 1, column: 1), pair, &changed, &reading)
        if let fault = reading.faults.first { return fault.message }
        self = changed
        return nil
    }
}
