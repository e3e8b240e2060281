/// B4 from what the tests of random lives print when they are asked to measure: `lives`, how many of them, questions
/// and differences, tab apart; a line for each share.
enum LivesBar {
    /// Reads the tests' output from standard input.
    static func measure() -> [BarLine] {
        var (lives, questions, differences) = (0, 0, 0)
        var hasPassed = false
        while let line = readLine() {
            if line.contains("Test run with"), line.contains("passed") { hasPassed = true }
            let parts = line.split(separator: "\t")
            guard parts.count == 4, parts[0].hasSuffix("lives") else { continue }
            let figures = parts.dropFirst().map { Int($0) ?? 0 }
            lives += figures[0]
            questions += figures[1]
            differences += figures[2]
        }
        return [
            BarLine(
                "B4",
                "10,000 random lives of keys: verdicts are the oracle's",
                "\(lives) lives, \(questions) questions, \(differences) differences",
                hasPassed && lives >= 10_000 && differences == 0
            )
        ]
    }
}
