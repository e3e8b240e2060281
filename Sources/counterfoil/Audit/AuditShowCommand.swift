import ArgumentParser
import Encoding
import Exports
import Ledger
import Operations

/// Shows lines of the audit trail to people.
struct AuditShowCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the last lines of the audit trail, or one line in full.",
        discussion: """
            Examples:
              counterfoil audit show
              counterfoil audit show --since 2026-11-22 --event client.issued
              counterfoil audit show 1206
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "Lines from this time on, such as 2026-11-22 or 2026-11-22T10:00:00Z.")
    var since: SinceArgument?

    @Option(help: "Lines of this event, such as key.revoked.")
    var event: String?

    @Option(help: "The last so many lines.")
    var last = 20

    @Argument(help: "The number of a line.")
    var number: Int64?

    var isForProgram: Bool { output.json }

    func validate() throws {
        if last < 1 { throw ValidationError("--last is 1 or more.") }
        if let event, AuditEvent(rawValue: event) == nil {
            throw ValidationError("--event is one of \(AuditEvent.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        guard let ledger = try site.ledgerView() else { throw NoLedger.failure(site) }
        if let number { return try show(number, ledger, site) }
        var entries: [AuditEntry] = []
        try AuditReader(ledger: ledger, clock: site.clock, since: since?.time).forEach { entry throws(Failure) in
            guard event == nil || entry.name == event else { return true }
            entries.append(entry)
            // Cut now and then, not each time.
            if entries.count >= 2 * last + 1_000 { entries.removeFirst(entries.count - last) }
            return true
        }
        let shown = entries.suffix(last)
        if output.json {
            let buffer = ByteBuffer()
            for entry in shown { AuditFormat.ndjson.write(entry, version: Version.number, to: buffer) }
            StandardOutput.write(buffer.all)
            return .done
        }
        var table = TextTable(columns: [.right, .left, .left, .left])
        for entry in shown {
            table.add([
                String(entry.line.number), Timestamp.rfc3339(entry.line.at), entry.name, Printable.text(entry.detail),
            ])
        }
        StandardOutput.show(shown.isEmpty ? "no line\n" : table.text)
        return .done
    }

    private func show(_ number: Int64, _ ledger: Ledger, _ site: Site) throws(Failure) -> ExitStatus {
        var found: AuditEntry?
        try AuditReader(ledger: ledger, clock: site.clock, after: number - 1).forEach { entry throws(Failure) in
            if entry.line.number == number { found = entry }
            return false
        }
        guard let found else {
            let message = UserMessage("audit", "there is no line \(number)", remedy: "see: counterfoil audit show")
            throw Failure(message, name: "unknown_line", .usage)
        }
        let buffer = ByteBuffer()
        AuditFormat.ndjson.write(found, version: Version.number, to: buffer)
        StandardOutput.write(buffer.all)
        return .done
    }
}
