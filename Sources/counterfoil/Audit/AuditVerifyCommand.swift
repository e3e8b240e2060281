import ArgumentParser
import Crypto
import Encoding
import Exports
import Ledger
import Operations

/// Recomputes the chain of the audit trail, in the ledger or in a file that was exported.
struct AuditVerifyCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify the audit trail, and name the first line that does not fit.",
        discussion: """
            Lines that were changed, taken out, put in or reordered do not fit. That lines at the end were cut off is \
            seen by the end the ledger keeps beside them; who can change both is found out with --expect and an end \
            that was kept elsewhere: this command prints it, and the summary of every batch holds one.

            Examples:
              counterfoil audit verify
              counterfoil audit verify --expect 1206:9f2c…
              counterfoil audit verify audit.ndjson
            """
    )

    /// A line's number and hash.
    struct End: ExpressibleByArgument {
        let number: Int64
        let hash: SHA256Digest

        init?(argument: String) {
            let parts = argument.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let number = Int64(parts[0]), number > 0,
                let hash = Hex.decode(String(parts[1])).flatMap({ SHA256Digest(bytes: $0) })
            else { return nil }
            (self.number, self.hash) = (number, hash)
        }
    }

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "A line that must be there, as NUMBER:HASH from an earlier verification or a summary.")
    var expect: End?

    @Argument(help: "A file of audit export --format ndjson; the ledger unless it is named.", completion: .file())
    var file: String?

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let finding: AuditFinding
        if let file { finding = try check(file) } else { finding = try check(Site(settings, clock: time.clock)) }
        if output.json {
            StandardOutput.line(finding.json)
        } else if !finding.isIntact {
            let thing = file == nil ? "ledger" : "file"
            let remedy =
                "treat the \(thing) as tampered with or damaged: keep a copy, compare with exports and summaries"
            StandardError.write("\(UserMessage(file ?? "audit", finding.text, remedy: remedy))\n")
        } else if !settings.quiet {
            StandardOutput.show("\(finding.text)\n")
        }
        return finding.isIntact ? .done : ExitStatus(.refused)
    }

    private func check(_ site: Site) throws(Failure) -> AuditFinding {
        guard let ledger = try site.ledgerView() else { throw NoLedger.failure(site) }
        do throws(LedgerError) {
            return try ledger.read(at: site.clock.now()) { group throws(LedgerError) in
                let found = AuditFinding(try group.verifyAudit())
                guard found.isIntact, let expect else { return found }
                var hash: SHA256Digest?
                try group.audit.forEach(from: expect.number) { line throws(LedgerError) in
                    if line.number == expect.number { hash = line.hash }
                    return false
                }
                return found.expecting(expect.number, is: hash == expect.hash)
            }
        } catch {
            throw Failure(error)
        }
    }

    private func check(_ path: String) throws(Failure) -> AuditFinding {
        var check = AuditFileCheck()
        var isOver = false
        var expected: SHA256Digest?
        do throws(FileBytes.Fault) {
            try FileLines.forEach(path, lineLimit: 1 << 20) { _, line in
                guard !isOver else { return }
                isOver = !check.take(line)
                if let expect, let read = AuditNative.read(line), read.number == expect.number { expected = read.hash }
            }
        } catch {
            let remedy = "name a file of: counterfoil audit export --format ndjson"
            throw Failure(UserMessage(path, "cannot be read: \(error.words)", remedy: remedy), name: "file", .usage)
        }
        let found = AuditFinding(check.result)
        guard found.isIntact, let expect else { return found }
        return found.expecting(expect.number, is: expected == expect.hash)
    }
}
