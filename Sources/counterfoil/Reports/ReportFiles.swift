import Operations

/// The files a report is written into; what is nil is not written.
struct ReportFiles {
    var html: String?
    var csv: String?
    var ndjson: String?

    var isEmpty: Bool { html == nil && csv == nil && ndjson == nil }

    var paths: [String] { [html, csv, ndjson].compactMap { $0 } }

    /// Whether each can be written, asked before work whose report they are to hold; nothing is left behind.
    func check() throws(Failure) {
        for path in paths {
            do throws(OutputFault) { _ = try OutputFile(path) } catch { throw Failure(error) }
        }
    }
}
