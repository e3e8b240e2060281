import ArgumentParser

/// What bundles are trusted by.
struct BundleTrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Show or pin the root that bundles are trusted by.",
        subcommands: [BundleTrustShowCommand.self, BundleTrustPinCommand.self]
    )
}
