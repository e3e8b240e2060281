import ArgumentParser
import Bundle
import Crypto
import KeyCache
import Operations

/// Names the root that bundles must begin with.
struct BundleTrustPinCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Name the root that bundles must begin with, by its SHA-256.",
        discussion: """
            Get it from the key holders by another way than the bundle. Where roots are trusted already, --replace, \
            --by and --why are needed: all trust in the ones before ends, keys that were imported stay until they age.

            Examples:
              counterfoil bundle trust pin 3f1c...
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var time: TimeOptions

    @Argument(help: "The SHA-256 of the root's file.")
    var sha256: DigestArgument

    @Flag(help: "In place of what is trusted now.")
    var replace = false

    @Option(help: "Who decides.")
    var by: String?

    @Option(help: "Why, in a sentence.")
    var why: String?

    var isForProgram: Bool { false }

    func validate() throws {
        let texts = [by, why].compactMap(\.self)
        if replace, texts.count != 2 || texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
            throw ValidationError("--replace needs --by and --why.")
        }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let store = try site.cache()
        let known: [TrustRow]
        do throws(KeyStoreError) { known = try store.bundleTrust() } catch { throw Failure(error) }
        let isSame = known.contains { $0.role == .pin && $0.sha256 == sha256.digest }
        guard known.isEmpty || isSame || replace else {
            let message = UserMessage(
                "bundle trust",
                "another root is pinned here",
                reference: "bundle.pin_mismatch",
                remedy: "where it is to be replaced: --replace --by NAME --why REASON"
            )
            throw Failure(message, name: "bundle.pin_mismatch", .refused)
        }
        guard !isSame else { return .done }
        let trail = try AuditTrail(site)
        let word = by.flatMap { by in why.map { OperatorWord(by: by, why: $0) } }
        do throws(KeyStoreError) { try store.pin(sha256.digest, word, at: site.clock.now()) } catch {
            throw Failure(error)
        }
        try trail.note(BundleWatch(store: store))
        if !settings.quiet { StandardOutput.write("pinned \(sha256.digest.hex)\n") }
        return .done
    }
}
