import Encoding
import Operations
import Report

/// Writes reports while results go by: the table and the lines at once, the page at the end.
struct ReportWriter {
    private var tally = ReportTally()
    private let files: ReportFiles
    private let csv: OutputFile?
    private let ndjson: OutputFile?
    private let table = ByteBuffer(capacity: 128 << 10)
    private let lines = ByteBuffer(capacity: 128 << 10)

    /// Bytes gathered before they are written.
    private static let flushSize = 96 << 10

    init(_ files: ReportFiles) throws(Failure) {
        self.files = files
        csv = try files.csv.map { path throws(Failure) in try Self.open(path) }
        ndjson = try files.ndjson.map { path throws(Failure) in try Self.open(path) }
        if csv != nil { ReportCSV.writeHead(to: table) }
    }

    /// Adds a result.
    mutating func add(_ result: ReportedResult) throws(Failure) {
        tally.add(result)
        if csv != nil { ReportCSV.write(result, to: table) }
        if ndjson != nil { ReportNDJSON.write(result, to: lines) }
        if table.count >= Self.flushSize { try Self.write(table, to: csv) }
        if lines.count >= Self.flushSize { try Self.write(lines, to: ndjson) }
    }

    /// Lets the files appear; what was told.
    func finish(_ facts: ReportFacts) throws(Failure) -> ReportTally {
        if ndjson != nil { ReportNDJSON.writeEnd(facts, tally, to: lines) }
        try Self.write(table, to: csv)
        try Self.write(lines, to: ndjson)
        try Self.finish(csv)
        try Self.finish(ndjson)
        if let path = files.html {
            let page = ByteBuffer(capacity: 256 << 10)
            ReportPage(facts, tally).write(to: page)
            try FileExport.write(page.all, to: path)
        }
        return tally
    }

    private static func open(_ path: String) throws(Failure) -> OutputFile {
        do throws(OutputFault) { return try OutputFile(path) } catch { throw Failure(error) }
    }

    private static func write(_ buffer: ByteBuffer, to file: OutputFile?) throws(Failure) {
        do throws(OutputFault) { try file?.append(buffer.all) } catch { throw Failure(error) }
        buffer.removeAll()
    }

    private static func finish(_ file: OutputFile?) throws(Failure) {
        do throws(OutputFault) { try file?.finish() } catch { throw Failure(error) }
    }
}
