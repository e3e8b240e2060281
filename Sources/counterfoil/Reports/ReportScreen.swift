import Encoding
import OpenBanking
import Operations
import Report

/// What the command says of the report it wrote.
enum ReportScreen {
    static func text(_ tally: ReportTally, _ files: ReportFiles) -> String {
        let counts = Outcome.allCases.map { "\($0.rawValue) \(Figure.count(tally.count($0)))" }.joined(separator: "   ")
        return "\(counts)\n" + files.paths.map { "report  \(Printable.text($0, limit: 400))\n" }.joined()
    }

    static func json(_ tally: ReportTally, _ files: ReportFiles) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.name("outcomes")
        json.beginObject()
        for outcome in Outcome.allCases {
            json.name(outcome.rawValue)
            json.integer(tally.count(outcome))
        }
        json.endObject()
        json.member("files", files.paths)
        json.endObject()
        return buffer
    }
}
