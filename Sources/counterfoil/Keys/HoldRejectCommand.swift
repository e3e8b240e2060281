import ArgumentParser
import Encoding
import KeyCache
import Ledger
import Operations

/// Turns sets that wait away.
struct HoldRejectCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Turn a held key set away; the same set is refused from now on.",
        discussion: """
            Compare first: counterfoil keys hold diff.

            Examples:
              counterfoil keys hold reject 3 --by jo --why "they call it a mistake"
              counterfoil keys hold reject --host keystore.openbankingtest.org.uk \\
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
        let store = try site.cache()
        let (holds, trail) = (try choice.holds(store), try AuditTrail(site))
        do throws(KeyStoreError) {
            for hold in holds { try store.rejectHold(hold.id, word.word, at: site.clock.now()) }
            if let host = choice.host { try store.closeFleet(host.lowercased(), word.word, at: site.clock.now()) }
        } catch {
            throw Failure(error)
        }
        try trail.append(.holdRejected, holds, word)
        HoldsScreen.tell(holds, "rejected", asJSON: output.json)
        return .done
    }
}
