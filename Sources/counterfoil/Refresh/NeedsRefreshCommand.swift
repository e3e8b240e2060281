import ArgumentParser
import Encoding
import KeyCache
import Operations

/// Whether a refresh has anything to do, for systemd's `ExecCondition=`.
struct NeedsRefreshCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "needs-refresh",
        abstract: "Say by the exit code whether a source of keys is due.",
        discussion: """
            Ends with 0 when a refresh is needed, with 1 when it is not, and with 255 when that cannot be told, as \
            ExecCondition= of systemd wants it. Reads only.

            Examples:
              counterfoil needs-refresh && counterfoil refresh
              counterfoil needs-refresh --within 5m
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "Also count what comes due within this time, such as 5m.")
    var within: Interval = .seconds(0)

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        do throws(Failure) {
            let due = try due()
            tell(due)
            return due == 0 ? ExitStatus(own: 1) : .done
        } catch {
            error.tell(asJSON: output.json)
            return ExitStatus(own: 255)
        }
    }

    /// How many sources are due; nil before there is a cache, which is what a refresh is for.
    private func due() throws(Failure) -> Int? {
        let site = try Site(settings, clock: time.clock)
        guard Folders.exists(site.configuration.refresh.cache) else { return nil }
        let store = try site.cacheView()
        do throws(KeyStoreError) {
            if try store.allSources().isEmpty { return nil }
            return try store.dueSources(at: site.clock.now() + within.seconds).count
        } catch {
            throw Failure(error)
        }
    }

    private func tell(_ due: Int?) {
        if output.json {
            let buffer = ByteBuffer()
            var json = JSONWriter(buffer)
            json.beginObject()
            json.member("v", 1)
            json.member("needed", due != 0)
            json.name("due")
            if let due { json.integer(due) } else { json.null() }
            json.endObject()
            StandardOutput.line(buffer)
        } else if settings.verbose || Terminal(descriptor: 1).isTerminal, !settings.quiet {
            let words = due.map { "\(Figure.plural($0, "source is", "sources are")) due" } ?? "there is no cache yet"
            StandardOutput.show("\(words)\n")
        }
    }
}
