import OpenBanking
import Simulator

/// Directories that several suites read; each is made once.
enum Directories {
    static let now: Int64 = 1_795_305_600
    static let sandbox = Result { () throws(SimulatorError) in try SimulatedDirectory(DirectoryPlan(now: now)) }
    static let production = Result { () throws(SimulatorError) in
        try SimulatedDirectory(DirectoryPlan(now: now, environment: .production))
    }
}
