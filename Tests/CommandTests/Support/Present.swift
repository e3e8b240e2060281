import Foundation
import Simulator

/// A directory of the present: a daemon lives at the time of the system, so what it judges is made now.
enum Present {
    static let directory = Result { () throws(SimulatorError) in
        var plan = DirectoryPlan(now: Int64(time(nil)), baseURL: "https://localhost:1")
        plan.keyPool = 12
        return try SimulatedDirectory(plan)
    }

    /// The section `refresh` of a site that is offline.
    static let offline = "{mode: offline, cache: state/cache.sqlite, sources: sources.yaml}"
}
