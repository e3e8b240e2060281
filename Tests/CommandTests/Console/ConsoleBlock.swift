/// One block of a document that shows a terminal: what is typed, and what must come of it.
struct ConsoleBlock: Sendable {
    /// A command and the lines its document shows below it.
    struct Step: Sendable {
        /// Where the command stands in its document, from 1.
        let line: Int
        /// What is typed, over several lines where it continues.
        var command: String
        /// What is shown, with `…` for what is left out.
        var shown: [String] = []
    }

    /// The line of the document its fence stands on, from 1.
    let line: Int
    var steps: [Step] = []

    /// The blocks fenced as `console`, in their order.
    ///
    /// `$ ` begins a command, `> ` directly below it continues it, as does a line that ends with a backslash; all other
    /// lines are what it prints. A line before the first command belongs to nothing and is given back as a fault.
    static func blocks(of text: String) -> (blocks: [ConsoleBlock], faults: [String]) {
        var blocks: [ConsoleBlock] = []
        var faults: [String] = []
        var current: ConsoleBlock?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard var block = current else {
                if line == "```console" { current = ConsoleBlock(line: index + 1) }
                continue
            }
            if line == "```" {
                if block.steps.isEmpty { faults.append("line \(block.line): a block without a command") }
                blocks.append(block)
                current = nil
                continue
            }
            if line.hasPrefix("$ ") {
                block.steps.append(Step(line: index + 1, command: String(line.dropFirst(2))))
            } else if block.steps.isEmpty {
                faults.append("line \(index + 1): stands before the first command")
            } else {
                block.take(line)
            }
            current = block
        }
        if let current { faults.append("line \(current.line): a block that does not end") }
        return (blocks, faults)
    }

    /// Takes a line below a command.
    private mutating func take(_ line: Substring) {
        let last = steps.count - 1
        let isContinued = steps[last].command.hasSuffix("\\")
        if steps[last].shown.isEmpty, isContinued || line.hasPrefix("> ") {
            steps[last].command += "\n" + (line.hasPrefix("> ") ? line.dropFirst(2) : line)
        } else {
            steps[last].shown.append(String(line))
        }
    }
}
