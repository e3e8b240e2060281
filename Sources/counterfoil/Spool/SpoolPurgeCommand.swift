import ArgumentParser
import Encoding
import Operations
import Spool

/// Clears away what is finished.
struct SpoolPurgeCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Remove what is finished and old enough from archive, results and failed.",
        discussion: """
            Without --yes only what would go is listed. Without --older-than the limits are those of spool.keep, which \
            the daemon and 'process' keep by themselves once an hour. A result nobody marked as taken (in acks/) \
            stays, unless --unconsumed or spool.keep.unconsumed says otherwise.

            Examples:
              counterfoil spool purge --shelf failed --older-than 30d
              counterfoil spool purge --shelf archive --older-than 365d --yes
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "Only this one: archive, results or failed.")
    var shelf: ShelfArgument?

    @Option(help: "What is older than this, such as 90d, whatever the configuration says.")
    var olderThan: Interval?

    @Flag(help: "Also results that nobody marked as taken.")
    var unconsumed = false

    @Flag(help: "List what would go, and remove nothing.")
    var dryRun = false

    @Flag(help: "Remove it.")
    var yes = false

    var isForProgram: Bool { output.json }

    func validate() throws {
        if dryRun, yes { throw ValidationError("--dry-run and --yes cannot both be given.") }
        if unconsumed, olderThan == nil { throw ValidationError("--unconsumed needs --older-than.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let isRehearsal = !yes
        var total = RetentionAmount()
        let isTold = isRehearsal || settings.verbose || output.json
        let asJSON = output.json
        do throws(SpoolError) {
            let upkeep = try SpoolUpkeep(site.configuration.spool.path)
            let sweep = try upkeep.sweep(rules(site), at: site.clock.now(), isRehearsal: isRehearsal) { shelf, unit in
                if isTold { Self.tell(shelf, unit, asJSON: asJSON, isRehearsal) }
            }
            let gone = try sweep.run(shelf.map { [$0.shelf] } ?? Shelf.allCases)
            for amount in gone.values { total += amount }
        } catch {
            throw Failure(error)
        }
        if asJSON {
            Self.end(total, isRehearsal)
        } else if !settings.quiet {
            let verb = isRehearsal ? "would go" : "went"
            StandardOutput.show(
                "\(Figure.plural(total.files, "file", "files")), \(Figure.bytes(total.bytes)) \(verb)\n"
            )
            if isRehearsal, total.files > 0 { StandardError.write("remove them with: counterfoil spool purge --yes\n") }
        }
        return .done
    }

    private func rules(_ site: Site) -> Retention {
        guard let age = olderThan?.seconds else { return ConfiguredRetention.rules(site.configuration) }
        var rules = Retention()
        (rules.archive.age, rules.results.age, rules.failed.age) = (age, age, age)
        if unconsumed { rules.unconsumed = age }
        return rules
    }

    /// The last line: without it the list is not complete.
    private static func end(_ total: RetentionAmount, _ isRehearsal: Bool) {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "summary")
        json.member("files", Int64(total.files))
        json.member("bytes", total.bytes)
        json.member("removed", !isRehearsal)
        json.endObject()
        StandardOutput.line(buffer)
    }

    private static func tell(_ shelf: Shelf, _ unit: RetentionUnit, asJSON: Bool, _ isRehearsal: Bool) {
        guard asJSON else {
            let size = "\(unit.amount.files) files, \(Figure.bytes(unit.amount.bytes))"
            return StandardOutput.write("\(Printable.text(unit.path, limit: 400))  \(size)\n")
        }
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("shelf", shelf.rawValue)
        json.member("path", unit.path)
        json.member("files", Int64(unit.amount.files))
        json.member("bytes", unit.amount.bytes)
        json.member("since", Timestamp.rfc3339(unit.since))
        json.member("removed", !isRehearsal)
        json.endObject()
        StandardOutput.line(buffer)
    }
}

/// A shelf on the command line.
struct ShelfArgument: ExpressibleByArgument {
    let shelf: Shelf

    init?(argument: String) {
        guard let shelf = Shelf(rawValue: argument) else { return nil }
        self.shelf = shelf
    }

    static let allValueStrings = Shelf.allCases.map(\.rawValue)
}
