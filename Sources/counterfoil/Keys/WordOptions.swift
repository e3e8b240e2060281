import ArgumentParser
import Encoding
import KeyCache

/// Who decides, and why: kept for good with the decision.
struct WordOptions: ParsableArguments {
    @Option(help: "Who decides.")
    var by: String

    @Option(help: "Why, in a sentence.")
    var why: String

    var word: OperatorWord { OperatorWord(by: by, why: why) }

    /// Writes who and why, as lines of the audit have them.
    func write(to json: inout JSONWriter) {
        json.member("by", by)
        json.member("why", why)
    }

    func validate() throws {
        if by.allSatisfy(\.isWhitespace) || why.allSatisfy(\.isWhitespace) {
            throw ValidationError("--by and --why must say something.")
        }
    }
}
