/// A document of ours as part of a manual page: headings, paragraphs, lists, tables and blocks, and no more.
struct MarkdownPages {
    private var lines: [String] = []
    private var columns: [String] = []
    private var isInTable = false
    private var isInList = false
    private var block: [Substring]?

    /// The macros for a text, without its title and what stands above the first section.
    static func pages(_ text: String) -> [String] {
        var pages = MarkdownPages()
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in all.drop(while: { !$0.hasPrefix("## ") }) { pages.take(line) }
        pages.endList()
        pages.dropSpace()
        return pages.lines
    }

    private mutating func take(_ line: Substring) {
        if line.hasPrefix("```") { return takeFence() }
        if block != nil {
            block?.append(line)
            return
        }
        if line.hasPrefix("|") { return takeRow(line) }
        if isInList, line.hasPrefix("  ") {
            lines += Self.sentences(line.drop { $0 == " " })
            return
        }
        if line.hasPrefix("* ") { return takeItem(line.dropFirst(2)) }
        endList()
        if line.hasPrefix("##") { dropSpace() }
        if line.hasPrefix("### ") {
            lines.append(".Ss \(ManualText.literal(line.dropFirst(4)))")
        } else if line.hasPrefix("## ") {
            lines.append(".Sh \(ManualText.literal(line.dropFirst(3)).uppercased())")
        } else if line.isEmpty {
            if let last = lines.last, !last.hasPrefix(".Sh"), !last.hasPrefix(".Ss"), last != ".Pp" {
                lines.append(".Pp")
            }
        } else {
            lines += Self.sentences(line)
        }
    }

    private mutating func takeFence() {
        guard let shown = block else {
            endList()
            block = []
            return
        }
        dropSpace()
        lines += ManualText.block(shown)
        block = nil
    }

    private mutating func takeItem(_ text: Substring) {
        if !isInList {
            endList()
            dropSpace()
            lines.append(".Bl -bullet -compact")
            isInList = true
        }
        lines += [".It"] + Self.sentences(text)
    }

    /// A row: its first cell is what is described, the others describe it, with their columns' names where there are
    /// several.
    private mutating func takeRow(_ line: Substring) {
        let cells = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        if !isInTable {
            endList()
            dropSpace()
            columns = cells
            isInTable = true
            lines.append(".Bl -tag -width Ds")
            return
        }
        guard !cells.allSatisfy({ $0.allSatisfy { $0 == "-" } }) else { return }
        lines.append(".It \(Self.inline(cells.first ?? ""))")
        let rest = zip(columns, cells).dropFirst().filter { !$0.1.isEmpty }
        for (index, (column, cell)) in rest.enumerated() {
            let isNamed = columns.count > 2 && !column.isEmpty && index + 1 < columns.count - 1
            let end = index + 1 < rest.count ? ";" : ""
            lines += Self.sentences(isNamed ? "\(column): \(cell)\(end)" : cell + end)
        }
    }

    private mutating func endList() {
        if isInList || isInTable { lines.append(".El") }
        (isInList, isInTable) = (false, false)
    }

    /// Lists and blocks bring their own space.
    private mutating func dropSpace() { if lines.last == ".Pp" { lines.removeLast() } }

    /// Text with marks, each sentence on a line.
    static func sentences(_ text: some StringProtocol) -> [String] { ManualText.sentences(inline(text)) }

    /// Code in bold, links as their text, emphasis without marks.
    private static func inline(_ text: some StringProtocol) -> String {
        var escaped = ""
        var rest = Substring(text)
        while let first = rest.first {
            if first == "`", let end = rest.dropFirst().firstIndex(of: "`") {
                escaped += "\\fB" + ManualText.literal(rest[rest.index(after: rest.startIndex)..<end]) + "\\fP"
                rest = rest[rest.index(after: end)...]
            } else if first == "[", let middle = rest.firstRange(of: "]("),
                let end = rest[middle.upperBound...].firstIndex(of: ")")
            {
                escaped += inline(rest[rest.index(after: rest.startIndex)..<middle.lowerBound])
                rest = rest[rest.index(after: end)...]
            } else {
                let plain = rest.prefix { $0 != "`" && $0 != "[" }
                let taken = plain.isEmpty ? rest.prefix(1) : plain
                escaped += ManualText.prose(taken.filter { $0 != "*" })
                rest = rest[taken.endIndex...]
            }
        }
        return escaped
    }
}
