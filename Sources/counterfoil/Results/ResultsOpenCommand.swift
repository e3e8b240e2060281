import ArgumentParser
import Encoding
import JOSE
import Operations

/// Opens results that were sealed, where the recipient is; needs no configuration, cache or ledger.
struct ResultsOpenCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Write sealed results with their responses readable; for the recipient, who has the private key.",
        discussion: """
            Each result comes out on one line, with response in place of sealed; a result that is not sealed comes out \
            as it is. The output holds client secrets: write it where only the recipient can read it.

            Examples:
              counterfoil results open --key bank.pem tpp-1.5f1c20aa93b1c7de.accepted.json
              counterfoil results open --key bank.pem all.88a1c2f09b1e77d4.results.ndjson
            """
    )

    @Option(help: "The recipient's private key: PEM, not encrypted, or a JWK.", completion: .file())
    var key: String

    @Argument(help: "Results of one request or of a batch.", completion: .file(extensions: ["json", "ndjson"]))
    var files: [String]

    var isForProgram: Bool { true }

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name at least one file with results.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let opener = SealedResults(JWEOpener(try RecipientKeyFile.load(key)))
        var failed = 0
        for path in files { failed += try open(path, opener) }
        return ExitStatus(failed > 0 ? .partial : .done)
    }

    /// Writes the lines of a file; how many of them could not be opened, each told on standard error.
    private func open(_ path: String, _ opener: SealedResults) throws(Failure) -> Int {
        var failed = 0
        do throws(FileBytes.Fault) {
            try FileLines.forEach(path, lineLimit: JSONLimits.result.textBytes) { number, line in
                do throws(SealedResults.Fault) {
                    StandardOutput.line(try opener.open(line))
                } catch {
                    failed += 1
                    let remedy = "see who it was sealed to by the kid in its header, and use that key"
                    StandardError.write("\(UserMessage("\(path):\(number)", "\(error)", remedy: remedy))\n")
                }
            }
        } catch {
            let remedy = "name a result, or the results of a batch"
            throw Failure(UserMessage(path, "cannot be read: \(error.words)", remedy: remedy), name: "file", .usage)
        }
        return failed
    }
}
