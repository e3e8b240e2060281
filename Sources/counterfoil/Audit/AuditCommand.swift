import ArgumentParser

/// The audit trail of the ledger: verified, shown, exported.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verify, show, export and replay the audit trail.",
        subcommands: [
            AuditVerifyCommand.self, AuditShowCommand.self, AuditExportCommand.self, AuditReplayCommand.self,
        ]
    )
}
