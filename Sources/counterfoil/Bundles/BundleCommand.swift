import ArgumentParser

/// Signed bundles of keys, carried across an air gap.
struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Make, verify and import signed bundles of keys, for sites without a network.",
        subcommands: [
            BundleExportCommand.self, BundleVerifyCommand.self, BundleDiffCommand.self, BundleImportCommand.self,
            BundleTrustCommand.self, BundleInitRootCommand.self, BundleSignRootCommand.self,
        ]
    )
}
