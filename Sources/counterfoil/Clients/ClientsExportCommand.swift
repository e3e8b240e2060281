import ArgumentParser
import Encoding
import Exports
import Ledger
import Operations
import Spool

/// Writes clients into files that other systems import.
struct ClientsExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write clients into files that an authorization server imports.",
        discussion: """
            Files appear whole, a manifest with their digests last. An export that was stopped goes on where it was; \
            one with --since last holds what changed since the last one of its format. The ledger holds no secret: \
            secrets come from result files that are still there, only where --secrets-from names them, and only for \
            clients that authenticate by one.

            Examples:
              counterfoil clients export --format keycloak --out export
              counterfoil clients export --format hydra --since last --out export \\
                --secrets-from spool/results
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "Whose import: rfc7591, keycloak, hydra, wso2, pingam, glewlwyd or csv.")
    var format: FormatArgument

    @Option(help: "The folder to write into; made where it is missing.", completion: .directory)
    var out: String

    @Option(help: "Clients to a file, at most.")
    var chunk = 1000

    @Option(help: "What changed since the last export of this format: last; or since a time, such as 2026-11-22.")
    var since: ExportStart?

    @Option(help: "Clients of this organisation only.")
    var org: String?

    @Option(help: "Clients of this software statement only.")
    var software: String?

    @Option(help: "Where result files are still: the spool, its results, or copies of them.", completion: .directory)
    var secretsFrom: String?

    @Option(
        help: "Where result files are still: add software statements from them (rfc7591, wso2).",
        completion: .directory
    )
    var statementsFrom: String?

    @Option(help: "The private key that opens sealed results: PEM, not encrypted, or a JWK.", completion: .file())
    var unsealWith: String?

    @Flag(help: "Leave out clients that authenticate by a secret.")
    var skipSecretClients = false

    @Flag(help: "End with 5 when nothing changed.")
    var failIfIdle = false

    var isForProgram: Bool { output.json }

    func validate() throws {
        if !(1...1_000_000).contains(chunk) { throw ValidationError("--chunk must be from 1 to 1000000.") }
        if unsealWith != nil, secretsFrom == nil, statementsFrom == nil {
            throw ValidationError("--unseal-with goes with --secrets-from or --statements-from.")
        }
        if statementsFrom != nil, !format.format.holdsStatements {
            throw ValidationError("--statements-from goes with the formats rfc7591 and wso2.")
        }
        if secretsFrom != nil, skipSecretClients {
            throw ValidationError("--secrets-from and --skip-secret-clients exclude each other.")
        }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        ProcessPrivacy.enter()
        let site = try Site(settings, clock: time.clock)
        var job = ExportJob(site: site, folder: out, secretsFrom: secretsFrom, unsealWith: unsealWith)
        job.statementsFrom = statementsFrom
        let result = try job.run { ledger throws(Failure) in
            try order(ledger, site)
        }
        if output.json {
            StandardOutput.line(ExportScreen.json(result, format: format.format, folder: out))
        } else if !settings.quiet {
            StandardOutput.show(ExportScreen.text(result, format: format.format, folder: out))
        }
        switch result {
        case .nothing: return failIfIdle ? ExitStatus(.idle) : .done
        case .already: return .done
        case .made(let tally):
            ExportScreen.warnings(tally).forEach { StandardError.write("\($0)\n") }
            return tally.withheldCount > 0 ? ExitStatus(.partial) : .done
        }
    }

    private func order(_ ledger: ExportLedger, _ site: Site) throws(Failure) -> ExportOrder {
        var order = ExportOrder(format: format.format, chunk: chunk)
        (order.filter.organisationID, order.filter.softwareID) = (org, software)
        order.hasSecrets = secretsFrom != nil
        order.hasStatements = statementsFrom != nil
        order.skipsSecretClients = skipSecretClients
        switch since {
        case nil: break
        case .last?: order.after = try ledger.last(format.format)?.through ?? -1
        case .time(let time)?: order.filter.changedSince = time
        }
        return order
    }
}
