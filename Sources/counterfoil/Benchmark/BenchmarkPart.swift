import ArgumentParser

/// What a benchmark measures.
enum BenchmarkPart: String, CaseIterable, ExpressibleByArgument {
    /// From a record in memory to a verdict and the text of its result.
    case validation
    /// From one file of records in the drop box to its published results, each step durable.
    case bulk
    /// The same from a file for each record.
    case singles

    /// Its name among the lines of a table.
    var title: String {
        switch self {
        case .validation: "judged in memory"
        case .bulk: "the whole job, one batch"
        case .singles: "the whole job, single files"
        }
    }
}
