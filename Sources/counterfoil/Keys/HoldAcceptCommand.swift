import ArgumentParser
import Encoding
import KeyCache
import Ledger
import Operations

/// Lets sets that wait take effect.
struct HoldAcceptCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Let a held key set take effect.",
        discussion: """
            Compare first: counterfoil keys hold diff.

            Examples:
              counterfoil keys hold accept 3 --by jo --why "rotation was announced"
              counterfoil keys hold accept --host keystore.openbankingtest.org.uk \\
                --by jo --why "confirmed by phone"
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var choice: HoldChoice
    @OptionGroup var word: WordOptions

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        _ = try site.cacheView()
        let (store, anchors) = (try site.cache(), try site.anchors())
        let (holds, trail) = (try choice.holds(store), try AuditTrail(site))
        do throws(KeyStoreError) {
            for hold in holds {
                _ = try store.acceptHold(hold.id, word.word, at: site.clock.now(), anchors: anchors)
            }
            if let host = choice.host { try store.closeFleet(host.lowercased(), word.word, at: site.clock.now()) }
        } catch {
            throw Failure(error)
        }
        try trail.append(.holdAccepted, holds, word)
        HoldsScreen.tell(holds, "accepted", asJSON: output.json)
        return .done
    }
}
