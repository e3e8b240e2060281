import ArgumentParser
import Encoding
import Operations
import Spool

/// Tries files again.
struct SpoolRetryCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Try again what waits for keys, or what was set aside.",
        discussion: """
            A file that was set aside goes back to incoming/ with its certificate or manifest, and is judged like a \
            new one. A result that was kept apart takes its place in results/, once no other file has its name; the next \
            start tells it as lost no longer. A request that waits is tried in the next pass. Nothing is ever replaced.

            Examples:
              counterfoil spool retry owner/tpp-00312.jwt
              counterfoil spool retry tpp-00312.5f0c3e1ab2d4c6f7.jwt
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Names as 'counterfoil spool list' shows them.")
    var names: [String]

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings)
        var code = ExitCode.done
        do throws(SpoolError) {
            let upkeep = try SpoolUpkeep(site.configuration.spool.path)
            for name in names {
                switch try upkeep.retry(name) {
                case .putBack(let file): tell(name, "incoming", "put back as \(file)")
                case .appeared(let path): tell(name, "results", "is in its place, \(path)")
                case .woken: tell(name, "deferred", "is tried in the next pass")
                case .refused(let refusal):
                    failure(name, refusal).tell(asJSON: output.json)
                    code = .partial
                }
            }
        } catch {
            throw Failure(error)
        }
        return ExitStatus(code)
    }

    private func failure(_ name: String, _ refusal: SpoolUpkeep.Refusal) -> Failure {
        let (what, remedy): (String, String) =
            switch refusal {
            case .unknown:
                ("neither waits nor was set aside", "take a name from: counterfoil spool list")
            case .ambiguous(let names):
                ("several were set aside under this name", "say which: \(names.joined(separator: ", "))")
            case .name:
                ("its name is none of an input", "copy it to incoming/ under a name that ends .jwt, .json or .ndjson")
            case .taken(let path) where path.hasPrefix("\(SpoolFolder.results.rawValue)/"):
                ("\(path) is there, with other bytes", "compare the two; move that one away if it is the wrong one")
            case .taken(let file):
                ("\(file) is in incoming/ already", "wait until that one was taken, then try again")
            case .noPlace:
                (
                    "its notice does not say where in results/ it belongs, or that day's folder is gone",
                    "make the folder, or move the file by hand: FORMATS, lost results"
                )
            }
        return Failure(UserMessage(name, what, remedy: remedy), name: "spool_retry", .partial)
    }

    private func tell(_ name: String, _ state: String, _ what: String) {
        if output.json {
            let buffer = ByteBuffer()
            var json = JSONWriter(buffer)
            json.beginObject()
            json.member("v", 1)
            json.member("name", name)
            json.member("state", state)
            json.member("detail", what)
            json.endObject()
            StandardOutput.line(buffer)
        } else if !settings.quiet {
            StandardOutput.show("\(Printable.text(name, limit: 255)): \(what)\n")
        }
    }
}
