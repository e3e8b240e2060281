/// One line of the configuration as shown: a key with its value, or the head of a section.
package struct SettingEntry: Hashable, Sendable {
    /// The dotted key, such as `refresh.classes.crl.every`.
    package let path: String
    /// What the setting does, one or two sentences.
    package let note: String
    /// What values are allowed; may be empty.
    package let allowed: String
    /// The value; nil for a section.
    package let value: SettingText?

    /// The last part of the path.
    package var name: String { path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? path }
    /// How deep the key is nested, 0 at the top.
    package var depth: Int { path.count { $0 == "." } }
}
