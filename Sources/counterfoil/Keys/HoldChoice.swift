import ArgumentParser
import Encoding
import KeyCache
import Operations

/// Which held sets are meant: one by number or URL, or all of a host.
struct HoldChoice: ParsableArguments {
    @Argument(help: "The number of a held set, or the URL of its source.")
    var hold: String?

    @Option(help: "All held sets of this host.")
    var host: String?

    func validate() throws {
        if (hold == nil) == (host == nil) { throw ValidationError("Name one held set, or a --host.") }
    }

    /// The held sets meant; a failure where there is none.
    func holds(_ store: KeyStore) throws(Failure) -> [Hold] {
        let all: [Hold]
        do throws(KeyStoreError) { all = try store.holds() } catch { throw Failure(error) }
        let chosen = all.filter { found in
            if let host { return found.host == host.lowercased() }
            return hold.map { $0 == String(found.id) || $0 == found.url } ?? false
        }
        guard chosen.isEmpty else { return chosen }
        let message = UserMessage(
            Printable.text(hold ?? host ?? ""),
            "no held set has this number, source or host",
            remedy: "see which wait: counterfoil keys hold list"
        )
        throw Failure(message, name: "unknown_hold", .usage)
    }
}
