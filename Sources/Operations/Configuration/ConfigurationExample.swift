package import OpenBanking

/// The example file: every setting at its default, with its comment.
///
/// `etc/counterfoil.example.yaml` is this text; a test compares the two.
package enum ConfigurationExample {
    /// The whole file.
    package static var text: String { lines(Configuration(), isDraft: false) }

    /// A file to begin with: the same, each value taken back by a `#` so that it follows the defaults, but for the
    /// environment.
    package static func draft(_ environment: DirectoryEnvironment) -> String {
        lines(Configuration(environment: environment), isDraft: true)
    }

    private static func lines(_ configuration: Configuration, isDraft: Bool) -> String {
        var lines = [
            isDraft
                ? "# Counterfoil's configuration. Take the # from what is to differ from the default it shows."
                : "# Counterfoil's configuration. Every line shows the default; a file needs only what differs.",
            "# Check a file with:  counterfoil config check",
            "#",
            "# Times are one number and ms, s, m, h or d; sizes one number and B, KiB, MiB or GiB.",
            "# Relative paths are below the folder of this file.",
            "",
        ]
        // Sections of one shape explain their keys once.
        var explained: Set<String> = []
        for entry in configuration.entries {
            if entry.depth == 0 {
                if lines.last?.isEmpty == false { lines.append("") }
                explained = []
            }
            let indent = String(repeating: "  ", count: entry.depth)
            if explained.insert("\(entry.name) \(entry.note)").inserted {
                lines += wrapped(comment(entry), width: 100 - indent.count).map { "\(indent)# \($0)" }
            }
            let mark = isDraft && entry.value != nil && entry.path != "environment" ? "#" : ""
            lines.append("\(indent)\(mark)\(entry.name):" + (entry.value.map { " \($0.yaml)" } ?? ""))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The note and what is allowed; the brackets of a range stay on one line.
    private static func comment(_ entry: SettingEntry) -> [String] {
        let words = entry.note.split(separator: " ").map(String.init)
        guard !entry.allowed.isEmpty else { return words }
        let allowed = "(\(entry.allowed))"
        return words + (allowed.utf8.count <= 40 ? [allowed] : allowed.split(separator: " ").map(String.init))
    }

    private static func wrapped(_ words: [String], width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in words {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? word : " \(word)"
        }
        return lines + [line]
    }
}
