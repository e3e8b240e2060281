/// One key of the configuration: its name, its comment, and how it is read into and written from a section.
///
/// The tables of settings are the schema: reading, unknown-key advice, `config show` and the example file come from them.
struct Setting<Section: Sendable>: Sendable {
    let name: String
    /// The comment in the example file; the same as the documentation of the property.
    let note: String
    let read:
        @Sendable (_ key: YAMLNode.Key, _ node: YAMLNode, _ section: inout Section, _ reading: inout SettingReading) ->
            Void
    let entries: @Sendable (_ section: Section, _ prefix: String) -> [SettingEntry]

    /// A key with a value of its own.
    init<Value: Sendable>(
        _ name: String,
        _ property: any WritableKeyPath<Section, Value> & Sendable,
        _ form: SettingForm<Value>,
        _ note: String
    ) {
        self.name = name
        self.note = note
        read = { _, node, section, reading in
            if node.isEmpty {
                reading.fault(node, .noValue, "\(name) has no value; write one or remove the line")
            } else if let value = form.read(node, &reading) {
                section[keyPath: property] = value
            }
        }
        entries = { section, prefix in
            let text = form.write(section[keyPath: property])
            return [SettingEntry(path: prefix + name, note: note, allowed: form.allowed, value: text)]
        }
    }

    /// A key that holds further keys.
    init<Inner: Sendable>(
        section name: String,
        _ property: any WritableKeyPath<Section, Inner> & Sendable,
        _ settings: [Setting<Inner>],
        _ note: String
    ) {
        self.name = name
        self.note = note
        read = { key, node, section, reading in
            settings.read(node, into: &section[keyPath: property], named: key.name, &reading)
        }
        entries = { section, prefix in
            let inner = section[keyPath: property]
            let header = SettingEntry(path: prefix + name, note: note, allowed: "", value: nil)
            return [header] + settings.flatMap { $0.entries(inner, "\(prefix)\(name).") }
        }
    }
}

extension Array {
    /// Reads the keys of a mapping into `section`; `name` is the section's own key, nil at the top.
    func read<Section>(
        _ node: YAMLNode,
        into section: inout Section,
        named name: String?,
        _ reading: inout SettingReading
    )
    where Element == Setting<Section> {
        if node.isEmpty { return }
        guard case .mapping(let pairs) = node.content else {
            reading.fault(
                node,
                .wrongType,
                "\(name ?? "the configuration") must hold keys and values, found \(SettingReading.shown(node))"
            )
            return
        }
        let outer = reading.section
        defer { reading.section = outer }
        reading.section = name.map { outer.isEmpty ? $0 : "\(outer).\($0)" } ?? ""
        for (key, value) in pairs {
            guard let setting = first(where: { $0.name == key.name }) else {
                reading.unknown(key, among: map(\.name))
                continue
            }
            reading.lines[reading.section.isEmpty ? key.name : "\(reading.section).\(key.name)"] = key.line
            reading.name = key.name
            setting.read(key, value, &section, &reading)
        }
    }
}

extension SettingReading {
    /// Says that a key is not known, and which one was probably meant.
    mutating func unknown(_ key: YAMLNode.Key, among names: [String]) {
        let place = section.isEmpty ? "" : " in \(section)"
        let advice =
            NameSuggestion.nearest(to: key.name, among: names).map { "; did you mean \"\($0)\"?" }
            ?? "; known here: \(names.joined(separator: ", "))"
        fault(key, .unknownKey, "unknown key \(SafeText.quoted(key.name))\(place)\(advice)")
    }
}
