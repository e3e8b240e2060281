import Glibc

/// How one suite went, as a line for `make vectors`.
///
/// Written only where COUNTERFOIL_SCORES names a file, so that a plain test run leaves nothing behind.
package struct Score: Sendable {
    /// The name of the suite, one of those in `lines.txt`.
    package let suite: String
    /// How many cases were judged as the suite judges them.
    package let passed: Int
    /// How many cases there are.
    package let total: Int
    /// The cases accepted that the suite refuses.
    package let falseAccepts: [String]
    /// The cases refused that the suite accepts.
    package let falseRejects: [String]
    /// What else is to be said: what was left out, and why.
    package let note: String

    package init(
        _ suite: String,
        passed: Int,
        of total: Int,
        falseAccepts: [String] = [],
        falseRejects: [String] = [],
        note: String = ""
    ) {
        self.suite = suite
        self.passed = passed
        self.total = total
        self.falseAccepts = falseAccepts
        self.falseRejects = falseRejects
        self.note = note
    }

    /// The fields between tabs.
    package var line: String {
        let fields = [
            suite, "\(passed)/\(total)", Self.count(falseAccepts), Self.count(falseRejects), note.isEmpty ? "-" : note,
        ]
        return fields.joined(separator: "\t")
    }

    /// Appends the line to the file of scores, when one is asked for; suites write at the same time.
    package func record() {
        guard let path = getenv("COUNTERFOIL_SCORES") else { return }
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let bytes = Array("\(line)\n".utf8)
        _ = write(file, bytes, bytes.count)
        close(file)
    }

    /// The number and, where a line holds them, the names.
    private static func count(_ names: [String]) -> String {
        let isShort = (1...12).contains(names.count)
        return isShort ? "\(names.count) (\(names.sorted().joined(separator: " ")))" : "\(names.count)"
    }
}
