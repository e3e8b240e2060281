import ArgumentParser
import Encoding
import Glibc
import Operations
import Spool

/// Drops files into the spool so that each appears complete.
struct SubmitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Drop files into the spool: complete, durable, never over another.",
        discussion: """
            A certificate (.pem) or manifest (.manifest.json) beside a file goes with it.

            Examples:
              counterfoil submit tpp-00312.jwt
              counterfoil submit migration.ndjson
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Requests (.jwt .jws .jose), records (.json) and batches (.ndjson .jsonl).", completion: .file())
    var files: [String]

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings)
        let submission: Submission
        do throws(SpoolError) {
            submission = try Submission(to: site.configuration.spool.path)
        } catch {
            throw Failure(error)
        }
        var code = ExitCode.done
        for path in Submission.ordered(Self.withCompanions(files)) {
            do throws(SpoolError) {
                tell(path, try submission.submit(path))
            } catch {
                let failure = Self.failure(error, of: path)
                failure.tell(asJSON: output.json)
                if code == .done { code = failure.code }
            }
        }
        return ExitStatus(code)
    }

    /// What is wrong with the named file itself is the caller's to correct; all else is the spool's.
    private static func failure(_ error: SpoolError, of path: String) -> Failure {
        switch error {
        case .vanished(let missing) where missing == path:
            let message = UserMessage(
                path,
                "cannot be read: \(ErrorText.of(ENOENT))",
                remedy: "name a request (.jwt), a record (.json) or a batch (.ndjson)"
            )
            return Failure(message, name: "unreadable", .usage)
        case .conflict:
            let message = UserMessage(
                path,
                "a file of that name is in the drop box already, and is left as it is",
                reference: error.code,
                remedy: "wait until it was taken, or give yours another name"
            )
            return Failure(message, name: error.code, .usage)
        case .refused(_, let reason, let detail):
            let remedy = reason == .incomplete ? "submit it once it is complete" : error.remedy
            let message = UserMessage(path, detail, reference: error.code, remedy: remedy)
            return Failure(message, name: error.code, .usage)
        default: return Failure(error)
        }
    }

    private func tell(_ path: String, _ name: String) {
        if output.json {
            let buffer = ByteBuffer()
            var json = JSONWriter(buffer)
            json.beginObject()
            json.member("v", 1)
            json.member("file", path)
            json.member("submitted", name)
            json.endObject()
            StandardOutput.line(buffer)
        } else if !settings.quiet {
            StandardOutput.write("submitted \(name)\n")
        }
    }

    /// The files, and what lies beside them and belongs to them.
    static func withCompanions(_ files: [String]) -> [String] {
        var all = files
        for file in files {
            let (folder, name) = PathName.split(file)
            guard case .input(let input) = InputName.classify(name), let companion = input.companion else { continue }
            let path = folder + companion
            if !all.contains(path), Folders.exists(path) { all.append(path) }
        }
        return all
    }
}
