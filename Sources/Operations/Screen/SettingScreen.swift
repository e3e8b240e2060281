package import Encoding

/// Settings as `config explain` tells them.
package struct SettingScreen: Sendable {
    private let configuration: Configuration
    private let defaults: [String: SettingText]

    /// A screen of the settings in force; their defaults are those of the same environment.
    package init(_ configuration: Configuration) {
        self.configuration = configuration
        let entries = Configuration(environment: configuration.environment).entries
        let values = entries.compactMap { entry in entry.value.map { (entry.path, $0) } }
        defaults = Dictionary(uniqueKeysWithValues: values)
    }

    /// One setting: what it does, what it may be, its default, what is in force and where that comes from.
    package func setting(_ entry: SettingEntry) -> String {
        var table = TextTable(columns: [.left, .left], indent: 2)
        if !entry.allowed.isEmpty { table.add(["allowed", entry.allowed]) }
        if let value = defaults[entry.path] { table.add(["default", value.yaml]) }
        if let value = entry.value {
            table.add(["in force", "\(value.yaml)   (\(configuration.origin.origin(of: entry.path)))"])
        }
        return "\(entry.path)\n" + wrapped(entry.note) + table.text
    }

    /// A section: what it is about, and its settings with what is in force.
    package func section(_ head: SettingEntry, _ entries: [SettingEntry]) -> String {
        var table = TextTable(columns: [.left, .left, .left], indent: 2)
        for entry in entries {
            guard let value = entry.value else { continue }
            table.add([entry.path, value.yaml, configuration.origin.origin(of: entry.path)])
        }
        return "\(head.path)\n" + wrapped(head.note) + table.text
    }

    /// `{"v":1,"settings":[…]}`.
    package func json(_ entries: [SettingEntry]) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.name("settings")
        json.beginArray()
        for entry in entries {
            guard let value = entry.value else { continue }
            json.beginObject()
            json.member("key", entry.path)
            json.member("note", entry.note)
            json.member("allowed", entry.allowed)
            json.member("default", defaults[entry.path]?.yaml)
            json.member("value", value.yaml)
            json.member("origin", configuration.origin.origin(of: entry.path))
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return buffer
    }

    private func wrapped(_ note: String) -> String {
        var lines: [String] = []
        var line = " "
        for word in note.split(separator: " ") {
            if line.count + 1 + word.count > 78 {
                lines.append(line)
                line = " "
            }
            line += " \(word)"
        }
        return (lines + [line]).joined(separator: "\n") + "\n"
    }
}
