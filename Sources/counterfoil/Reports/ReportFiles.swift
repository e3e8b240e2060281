/// The files a report is written into; what is nil is not written.
struct ReportFiles {
    var html: String?
    var csv: String?
    var ndjson: String?

    var isEmpty: Bool { html == nil && csv == nil && ndjson == nil }

    var paths: [String] { [html, csv, ndjson].compactMap { $0 } }
}
