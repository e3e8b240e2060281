import Operations

/// The part of counterfoil.yaml(5) that describes settings, from the schema they are read by.
enum SettingPages {
    /// A subsection for each section of the file, with every setting at its default.
    static var settings: [String] {
        var lines: [String] = []
        var isOpen = false
        for entry in Configuration().entries {
            if entry.depth == 0 {
                if isOpen { lines.append(".El") }
                lines += [".Ss \(entry.path)"]
                if entry.value == nil { lines += MarkdownPages.sentences(entry.note) }
                lines.append(".Bl -tag -width Ds")
                isOpen = true
            }
            guard let value = entry.value?.yaml else {
                if entry.depth > 0 {
                    lines += [".It Sy \(ManualText.argument(entry.path))"] + MarkdownPages.sentences(entry.note)
                }
                continue
            }
            lines.append(".It Sy \(ManualText.argument("\(entry.path): \(value)"))")
            lines += MarkdownPages.sentences(entry.note)
            if !entry.allowed.isEmpty { lines.append("(\(ManualText.prose(entry.allowed)))") }
        }
        return isOpen ? lines + [".El"] : lines
    }

    /// The codes a run ends with.
    static var exitCodes: [String] {
        [".Bl -tag -width Ds"]
            + ExitCode.allCases.flatMap { code in
                [".It \(code.rawValue)", ManualText.prose(code.meaning) + "."]
                    + (code.advice == "nothing" ? [] : ["What to do: \(ManualText.prose(code.advice))."])
            } + [".El"]
    }
}
