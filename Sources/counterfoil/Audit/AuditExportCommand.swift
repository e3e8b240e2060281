import ArgumentParser
import Encoding
import Exports
import Ledger
import Operations

/// Writes the audit trail for other systems; that it did becomes a line of the trail itself.
struct AuditExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the audit trail, a line each, as NDJSON of our own, ECS, OCSF or CEF.",
        discussion: """
            ndjson can be verified again anywhere: counterfoil audit verify FILE. To go on where an export ended, give \
            the last number as --after; lines never change.

            Examples:
              counterfoil audit export --format ndjson > audit.ndjson
              counterfoil audit export --format ecs --since 2026-11-22
              counterfoil audit export --format cef --after 1206
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "ndjson, ecs, ocsf or cef.")
    var format: String = AuditFormat.ndjson.rawValue

    @Option(help: "Lines from this time on, such as 2026-11-22 or 2026-11-22T10:00:00Z.")
    var since: SinceArgument?

    @Option(help: "Lines behind the one of this number.")
    var after: Int64 = 0

    var isForProgram: Bool { true }

    func validate() throws {
        if AuditFormat(rawValue: format) == nil {
            throw ValidationError("--format is one of \(AuditFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        if after < 0 { throw ValidationError("--after is 0 or more.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        guard let ledger = try site.ledgerView() else { throw NoLedger.failure(site) }
        let trail = try AuditTrail(site)
        let form = AuditFormat(rawValue: format) ?? .ndjson
        let buffer = ByteBuffer(capacity: 256 << 10)
        var (first, last, count) = (nil as Int64?, nil as Int64?, 0)
        let reader = AuditReader(ledger: ledger, clock: site.clock, since: since?.time, after: after)
        try reader.forEach { entry throws(Failure) in
            form.write(entry, version: Version.number, to: buffer)
            (first, last, count) = (first ?? entry.line.number, entry.line.number, count + 1)
            if buffer.count >= 192 << 10 {
                StandardOutput.write(buffer.all)
                buffer.removeAll()
            }
            return true
        }
        StandardOutput.write(buffer.all)
        guard let first, let last else { return .done }
        try trail.append(.exportMade) { json in
            json.member("subject", "audit")
            json.member("format", form.rawValue)
            json.member("from", first)
            json.member("through", last)
            json.member("lines", Int64(count))
        }
        return .done
    }
}
