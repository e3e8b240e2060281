/// Rows of text in aligned columns, two spaces apart, without trailing spaces.
package struct TextTable: Sendable {
    /// Where a column's cells stand.
    package enum Alignment: Sendable {
        case left, right
    }

    private let columns: [Alignment]
    private let indent: String
    private var rows: [[String]] = []

    /// An empty table; `indent` spaces stand before each row.
    package init(columns: [Alignment], indent: Int = 0) {
        self.columns = columns
        self.indent = String(repeating: " ", count: indent)
    }

    /// Adds a row; missing cells are empty, surplus ones are left out.
    package mutating func add(_ cells: [String]) {
        rows.append(columns.indices.map { $0 < cells.count ? cells[$0] : "" })
    }

    /// Whether there are no rows.
    package var isEmpty: Bool { rows.isEmpty }

    /// The rows, each with its line end.
    package var text: String {
        let widths = columns.indices.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() where widths[column] > 0 {
                let padding = String(repeating: " ", count: widths[column] - Self.width(cell))
                line += columns[column] == .left ? cell + padding : padding + cell
                line += "  "
            }
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }
        .joined()
    }

    /// How many places a cell takes; colours take none.
    static func width(_ cell: String) -> Int {
        var width = 0
        var inColour = false
        for character in cell {
            if character == "\u{1B}" {
                inColour = true
            } else if inColour {
                inColour = character != "m"
            } else {
                width += 1
            }
        }
        return width
    }
}
