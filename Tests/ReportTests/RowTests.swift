import Encoding
import OpenBanking
import Testing

@testable import Report

@Suite("Report: rows and lines")
struct RowTests {
    @Test("a row is a table's, with formulas made text")
    func csv() throws {
        let buffer = ByteBuffer()
        ReportCSV.writeHead(to: buffer)
        ReportCSV.write(try Results.result(.rejected, reference: "=1+1", rule: "R-107", value: "@x,\"y\""), to: buffer)
        ReportCSV.write(try Results.result(name: "+44"), to: buffer)
        let lines = buffer.all.string.components("\r\n")
        #expect(lines.count == 4 && lines[3].isEmpty)
        #expect(lines[0].split(separator: ",").count == ReportCSV.columns.count)
        #expect(
            lines[1].hasPrefix(
                "b.ndjson,1,'=1+1,rejected,,invalid_client_metadata,R-107,the message of R-107,\"'@x,\"\"y\"\"\","
            )
        )
        #expect(lines[2].contains(",'+44,"))
        #expect(!buffer.all.string.contains(Results.secret))
    }

    @Test("a line is a result without its response, and the last one says that all are there")
    func ndjson() throws {
        var tally = ReportTally()
        let buffer = ByteBuffer()
        for result in [try Results.result(), try Results.result(.rejected, rule: "R-107")] {
            tally.add(result)
            ReportNDJSON.write(result, to: buffer)
        }
        ReportNDJSON.writeEnd(Results.facts(), tally, to: buffer)
        #expect(!buffer.all.string.contains(Results.secret))
        let lines = buffer.all.string.components("\n").dropLast()
        #expect(lines.count == 3)
        let document = JSONDocument(limits: .result)
        for line in lines {
            try document.parse(ByteSlice(line))
            #expect(document.root["v"]?.integer == 1)
        }
        #expect(document.root["type"]?.text?.string == "summary")
        #expect(document.root["outcomes"]?["rejected"]?.integer == 1)
        #expect(document.root["refused_by_rule"]?["R-107"]?.integer == 1)
    }

    @Test("R-146 decides before all others, and a waiting request is decided by what it waits for")
    func deciding() throws {
        var result = try Results.result(.rejected, rule: "R-107")
        let second = result.findings[0]
        result.findings.append(second)
        result.findings[1].rule = "R-146"
        #expect(result.deciding?.rule == "R-146")
        #expect(try Results.result(.deferred, rule: "R-087").deciding?.rule == "R-087")
        #expect(try Results.result().deciding == nil)
    }
}

extension String {
    /// The parts between separators, empty ones too.
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
