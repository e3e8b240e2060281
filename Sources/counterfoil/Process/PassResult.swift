import Encoding
import Operations
import Pipeline

/// One pass as it is told: to people by `PassScreen`, to programs by `PassJSON`.
struct PassResult {
    var tally: PassTally
    var now: UnixTime
    var generation: Int
    var keys: DirectoryKeys
    /// How keys come in, and how old they may get.
    var refresh: RefreshSettings
    var spoolPath: String
    /// Requests that wait after the pass, those of earlier passes too.
    var waiting: Int
    var wasStopped = false
    var isDryRun = false

    /// Where the results of this pass appeared.
    var resultsFolder: String { "\(spoolPath)/results/\(Timestamp.day(now))/" }

    /// Requests a second; nil where nothing was measured.
    var rate: Int? {
        guard tally.requests > 0, tally.milliseconds > 0 else { return nil }
        return Int(Int64(tally.requests) * 1000 / tally.milliseconds)
    }
}

extension PassTally {
    /// Whether there was nothing to do.
    var isIdle: Bool { requests == 0 && failed.isEmpty && lost.isEmpty && published == 0 }
}
