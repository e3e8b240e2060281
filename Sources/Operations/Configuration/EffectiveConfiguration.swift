package import Encoding

/// Every setting with its value and where it came from: `config show --effective`.
package struct EffectiveConfiguration: Sendable {
    private let configuration: Configuration

    /// The settings of `configuration`.
    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// One line per setting: dotted key, value, origin.
    package var text: String {
        var table = TextTable(columns: [.left, .left, .left])
        for (entry, value) in values {
            table.add([entry.path, value.yaml, configuration.origin.origin(of: entry.path)])
        }
        return table.text
    }

    /// `{"v":1,"file":…,"settings":[{"key":…,"value":…,"origin":…}]}`.
    package func writeJSON(into buffer: ByteBuffer) {
        var writer = JSONWriter(buffer)
        writer.beginObject()
        writer.member("v", Int64(1))
        writer.member("file", configuration.origin.file)
        writer.name("settings")
        writer.beginArray()
        for (entry, value) in values {
            writer.beginObject()
            writer.member("key", entry.path)
            writer.name("value")
            Self.write(value, to: &writer)
            writer.member("origin", configuration.origin.origin(of: entry.path))
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    /// Numbers and booleans as such, times and sizes as the file writes them.
    private static func write(_ value: SettingText, to writer: inout JSONWriter) {
        switch value {
        case .text(let text): writer.string(text)
        case .plain(let word):
            if let number = DecimalQuantity.whole(word) {
                writer.integer(number)
            } else if word == "true" || word == "false" {
                writer.bool(word == "true")
            } else {
                writer.string(word)
            }
        case .list(let items):
            writer.beginArray()
            for item in items { write(item, to: &writer) }
            writer.endArray()
        case .map(let pairs):
            writer.beginObject()
            for pair in pairs {
                writer.name(pair.key)
                write(pair.value, to: &writer)
            }
            writer.endObject()
        }
    }

    private var values: [(SettingEntry, SettingText)] {
        configuration.entries.compactMap { entry in entry.value.map { (entry, $0) } }
    }
}
