import ArgumentParser
import OpenBanking

/// A rule named on the command line.
struct RuleArgument: ExpressibleByArgument {
    let entry: RuleEntry

    init?(argument: String) {
        guard let id = RuleID(name: argument.uppercased()), let entry = RuleEntry.of(id) else { return nil }
        self.entry = entry
    }
}
