import Glibc

/// Measures what the cache promises and prints one line a bar; ends with 1 where one is missed.
///
/// `cache-bars` runs all, `cache-bars B1 B7` some; `cache-bars faults` and `cache-bars lives` sum up what tests print. Built
/// for release only when COUNTERFOIL_CACHE_BARS is set; figures are processor time and ratios, so that a busy machine does
/// not decide.
@main
enum CacheBars {
    /// The bars, in the order of their numbers.
    static let all: [(name: String, measure: @Sendable () throws -> [BarLine])] = [
        ("B1", { try StampedeBar.measure() }),
        ("B2", { try UnknownKeyBar.measure() }),
        ("B3", { try OutageBar.measure() }),
        ("B5", { try RevocationBar.measure() }),
        ("B6", { try CrashBar.measure() }),
        ("B7", { try LargeStartBar.measure() }),
        ("B8", { try HotPathBar.measure() + CacheShareBar.measure() }),
        ("B9", { try LargeListBar.measure() }),
        ("B11", { try SlowSourcesBar.measure() }),
        ("B12", { try HerdBar.measure() }),
        ("B16", { try AuditBar.measure() + ReplayBar.measure() }),
        ("S3", { try QuietVerdictBar.measure() }),
    ]

    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "lookups" {
            HotPathBar.lookUp(rounds: arguments.dropFirst().first.flatMap { Int($0) } ?? 1)
            return
        }
        if arguments.first == "faults" { exit(tell(FaultsBar.measure()) == 0 ? 0 : 1) }
        if arguments.first == "lives" { exit(tell(LivesBar.measure()) == 0 ? 0 : 1) }
        arguments = arguments.map { $0.uppercased() }
        var missed = 0
        for (name, measure) in all where arguments.isEmpty || arguments.contains(name) {
            do {
                missed += tell(try measure())
            } catch {
                print("\(name) FAIL cannot be measured: \(error)")
                missed += 1
            }
        }
        exit(missed == 0 ? 0 : 1)
    }

    /// Prints lines; how many of them tell of a bar that is missed.
    private static func tell(_ lines: [BarLine]) -> Int {
        for line in lines { print(line) }
        fflush(nil)
        return lines.count { !$0.isMet }
    }
}
