import OpenBanking
import Operations

/// What was expected beside what came.
struct DemoComparison {
    var rows: [(outcome: Outcome, expected: Int, got: Int)] = []
    /// How many rules refused something.
    var rules = 0
    /// How many kinds of wrong requests there were.
    var kinds = 0
    /// Client ids issued: how many, and how many different ones.
    var clients: (issued: Int, distinct: Int) = (0, 0)
    var differences: [String] = []

    var isGood: Bool {
        differences.isEmpty && rows.allSatisfy { $0.expected == $0.got } && clients.issued == clients.distinct
    }

    var table: String {
        var table = TextTable(columns: [.left, .right, .right, .left], indent: 2)
        table.add(["outcome", "expected", "got", ""])
        for row in rows {
            let mark = row.expected == row.got ? "ok" : "WRONG"
            table.add([row.outcome.rawValue, Figure.count(row.expected), Figure.count(row.got), mark])
        }
        return table.text
    }

    var sentence: String {
        guard isGood else { return "\(Figure.plural(differences.count, "result is", "results are")) not as expected." }
        return "As it must be: each of \(kinds) kinds of wrong requests was refused by the rule it breaks, "
            + "\(Figure.count(clients.issued)) credentials issued, none twice."
    }
}
