import ArgumentParser
import Encoding
import JOSE
import OpenBanking
import Operations
import PKIX

/// Reads everything the configuration names that can be read without network, database or spool.
struct ConfigCheckCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration, the sources file and the trust anchors; opens nothing else."
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings)
        let configuration = site.configuration
        try requireConfigurable(configuration.policy.overrides)
        _ = try Submitters.users(configuration.spool.owners)
        var lines = ["configuration  \(configuration.origin.file ?? "none found, everything is at its default")"]
        let set = configuration.entries.count { $0.value != nil && configuration.origin.lines[$0.path] != nil }
        if configuration.origin.file != nil { lines[0] += "   \(Figure.plural(set, "key", "keys")) set" }
        lines.append("sources        \(try sources(configuration))")
        let anchors = try site.anchors()
        lines.append(
            "anchors        \(configuration.trust.anchors)   \(Figure.plural(anchors.directory.count, "certificate", "certificates"))"
        )
        if let recipient = try RecipientFile.load(configuration.results.sealTo) {
            lines.append(
                "results        sealed to \(recipient.name) by \(recipient.algorithm.rawValue) with \(CompactJWE.encryption)"
            )
        }
        lines += configuration.policy.overrides.map { "override       \($0.rule.name) is \($0.severity.rawValue)" }
        if output.json {
            let buffer = ByteBuffer()
            var json = JSONWriter(buffer)
            json.beginObject()
            json.member("v", 1)
            json.member("file", configuration.origin.file)
            json.member("ok", true)
            json.endObject()
            StandardOutput.line(buffer)
        } else if !settings.quiet {
            StandardOutput.show(lines.joined(separator: "\n") + "\nok\n")
        }
        return .done
    }

    private func requireConfigurable(_ overrides: [PolicySettings.Override]) throws(Failure) {
        for override in overrides {
            guard let rule = RuleEntry.of(override.rule), !rule.isConfigurable else { continue }
            let message = UserMessage(
                "policy.overrides",
                "\(override.rule.name) cannot be changed: \(rule.statement)",
                remedy: "take it out; it is a safety rule, see: counterfoil rules \(override.rule.name)"
            )
            throw Failure(message, name: "configuration.overrides", .configuration)
        }
    }

    private func sources(_ configuration: Configuration) throws(Failure) -> String {
        let path = configuration.refresh.sources
        guard Folders.exists(path) else { return "\(path) is not there, which is fine" }
        do throws(ConfigurationFaults) {
            let file = try SourcesFile.load(path: path)
            let organisations = Figure.plural(file.organisations.count, "organisation", "organisations")
            return
                "\(path)   \(organisations), \(Figure.plural(file.crls.count, "revocation list", "revocation lists"))"
        } catch {
            throw Failure(error)
        }
    }
}
