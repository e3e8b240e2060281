import Testing

/// The commands of a document, run one after another in one shell, as its reader would.
struct ConsoleSession {
    /// What came of one command.
    struct Outcome {
        let step: ConsoleBlock.Step
        let output: [String]
        let code: Int32
    }

    let folder: TemporaryFolder
    /// What the shell is started by, such as a network of its own; nothing for this machine as it is.
    var within: [String] = []

    /// Runs the steps and expects of each what its document shows: the lines, and no code but 0 that nothing is said of.
    func expect(_ steps: [ConsoleBlock.Step], of path: String) throws {
        let outcomes = try run(steps)
        for (index, outcome) in outcomes.enumerated() {
            let (step, place) = (outcome.step, "\(path):\(outcome.step.line)")
            let isRight = ConsoleOutput.matches(outcome.output, shown: step.shown)
            #expect(
                isRight,
                "\(place): \(step.command)\nprints\n\(outcome.output.joined(separator: "\n"))\nand the document shows\n\(step.shown.joined(separator: "\n"))"
            )
            let next = index + 1 < outcomes.count ? outcomes[index + 1].step.command : ""
            #expect(
                outcome.code == 0 || next.contains("$?"),
                "\(place): \(step.command) ends with \(outcome.code), and the document does not say so"
            )
        }
    }

    /// Runs the steps in the folder, standard output and standard error together; the program is `counterfoil` on the
    /// path.
    func run(_ steps: [ConsoleBlock.Step]) throws -> [Outcome] {
        try folder.write("", to: ".console/bin/.keep")
        let bin = "\(folder.path)/.console/bin"
        _ = try Running(words: ["ln", "-sf", Program.path, "\(bin)/counterfoil"], in: folder).wait()
        var script = "exec 2>&1\n"
        for (number, step) in steps.enumerated() {
            try folder.write(step.command + "\n", to: ".console/\(number)")
            // `$?` is the command's own when the next one begins.
            script += """
                . '\(folder.path)/.console/\(number)'
                status=$?; printf '\\036%d\\n' "$status"; (exit "$status")

                """
        }
        try folder.write(script, to: ".console/script")
        let variables = ["PATH": "\(bin):/usr/sbin:/usr/bin:/sbin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8"]
        let words = within + ["bash", "\(folder.path)/.console/script"]
        let result = try Running(words: words, in: folder, variables).waitLong()
        let parts = result.output.split(separator: "\u{1E}", omittingEmptySubsequences: false)
        guard parts.count == steps.count + 1 else {
            throw Running.Trouble(what: "the shell ended early: \(result.output) \(result.errors)")
        }
        return zip(steps, zip(parts, parts.dropFirst())).enumerated().map { index, pair in
            let (step, (before, behind)) = pair
            // Before all but the first command stands the rest of the mark: a code and its line end.
            let output = index == 0 ? before : before.drop { $0 != "\n" }.dropFirst()
            let code = Int32(behind.prefix { $0 != "\n" }) ?? -1
            return Outcome(step: step, output: ConsoleOutput.lines(of: String(output)), code: code)
        }
    }
}
