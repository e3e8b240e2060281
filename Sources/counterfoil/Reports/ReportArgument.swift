import ArgumentParser

/// A file for a report of a pass: `html=FILE`, `csv=FILE` or `ndjson=FILE`.
struct ReportArgument: ExpressibleByArgument {
    enum Kind: String { case html, csv, ndjson }

    let kind: Kind
    let path: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), let kind = Kind(rawValue: String(argument[..<sign])) else {
            return nil
        }
        let path = String(argument[argument.index(after: sign)...])
        guard !path.isEmpty else { return nil }
        (self.kind, self.path) = (kind, path)
    }
}

extension ReportFiles {
    /// The files that arguments name; of two of a kind the last.
    init(_ arguments: [ReportArgument]) {
        for argument in arguments {
            switch argument.kind {
            case .html: html = argument.path
            case .csv: csv = argument.path
            case .ndjson: ndjson = argument.path
            }
        }
    }
}
