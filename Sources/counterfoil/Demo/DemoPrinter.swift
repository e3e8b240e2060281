import Ledger
import OpenBanking
import Operations
import Pipeline

/// What the demonstration says, in one shape.
struct DemoPrinter {
    private let terminal = Terminal(descriptor: 1)

    func title(_ text: String, _ folder: String) {
        StandardOutput.write("\n\(terminal.paint(text, .bold))\nin \(folder)/\n\n")
    }

    /// One fact of the setting.
    func fact(_ name: String, _ text: String) {
        StandardOutput.write("  \(Self.padded(name, 11))\(text)\n")
    }

    /// The heading of an act.
    func act(_ number: Int, _ text: String) {
        StandardOutput.write("\n\(terminal.paint("\(number). \(text)", .bold))\n")
    }

    /// One pass over the spool.
    func pass(_ tally: PassTally) {
        let counts = tally.counts
        var words: [String] = []
        for outcome in Outcome.allCases where counts[outcome] > 0 {
            words.append("\(outcome.rawValue) \(Figure.count(counts[outcome]))")
        }
        let rate = tally.milliseconds > 0 ? Int(Int64(tally.requests) * 1000 / tally.milliseconds) : 0
        let speed =
            "\(Figure.count(tally.requests)) in \(Age.took(milliseconds: tally.milliseconds)), \(Figure.count(rate))/s"
        fact("process", "\(Self.padded(words.joined(separator: "   "), 58))\(speed)")
    }

    func text(_ text: String) { StandardOutput.write(text) }

    func verdict(_ good: Bool, _ text: String) {
        StandardOutput.write(terminal.paint(text, good ? .green : .red) + "\n")
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
