import Testing

@testable import Operations

@Suite("Folding")
struct FoldingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let text: String
        let folded: String
        let width: Int

        init(_ why: String, _ text: String, _ folded: String, width: Int = 36) {
            (self.why, self.text, self.folded, self.width) = (why, text, folded, width)
        }

        var testDescription: String { why }
    }

    static let rows = [
        Row("what fits stays", "one two three four five six sevenths", "one two three four five six sevenths"),
        Row("one place too many", "one two three four five six sevenths!", "one two three four five six\n  sevenths!"),
        Row("further in than the line", "  one two three four five six sevens", "  one two three four five six sevens"),
        Row(
            "under a column on the left",
            "name     one two three four five six seven",
            "name     one two three four five six\n         seven"
        ),
        Row(
            "between columns on the right",
            "one two three four five  six seven eight",
            "one two three four five\n  six seven eight"
        ),
        Row(
            "not between columns far back",
            "one  two three four five six seven eight nine",
            "one  two three four five six seven\n     eight nine"
        ),
        Row("columns move closer", "name         value          counterfoil.yaml", "name  value  counterfoil.yaml"),
        Row(
            "a number and its unit stay",
            "expiring in a long, long time (1824 d)",
            "expiring in a long, long time\n  (1824 d)"
        ),
        Row(
            "two numbers and units may part",
            "the oldest one has waited for 2 h 10 min",
            "the oldest one has waited for 2 h\n  10 min"
        ),
        Row(
            "how long ago stays whole",
            "a key set that was fetched some 2 min ago",
            "a key set that was fetched some\n  2 min ago"
        ),
        Row(
            "a long word stands",
            "short\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b",
            "short\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n  b"
        ),
        Row(
            "colours take no place",
            "\u{1B}[31mred\u{1B}[0m one two three four five six 78",
            "\u{1B}[31mred\u{1B}[0m one two three four five six 78"
        ),
        Row(
            "more than twice",
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            "one two three four five six seven\n  eight nine ten eleven twelve\n  thirteen"
        ),
        Row("too narrow to fold", "one two three four five six seven", "one two three four five six seven", width: 20),
        Row("nothing", "", ""),
    ]

    @Test("breaks lines where columns or words end, at the width and not before", arguments: rows)
    func folds(_ row: Row) { #expect(LineFolding.fold(row.text, width: row.width) == row.folded) }
}
