package import Encoding
import OpenBanking

/// The report as a table: a row for each result, safe to open in a spreadsheet.
package enum ReportCSV {
    static let columns = [
        "source", "line", "ref", "outcome", "status", "code", "rule", "message", "value", "remedy", "also_broken",
        "client_id", "client_name", "software_id", "org_id", "org_name", "environment", "request_sha256", "decided_at",
        "keys_fetched_at",
    ]

    package static func writeHead(to buffer: ByteBuffer) {
        var csv = CSVWriter(buffer)
        for name in columns { csv.field(name) }
        csv.endRow()
    }

    package static func write(_ result: ReportedResult, to buffer: ByteBuffer) {
        var csv = CSVWriter(buffer)
        let finding = result.deciding
        csv.field(result.file)
        csv.field(result.line.map { String($0) } ?? "")
        csv.field(result.reference ?? "")
        csv.field(result.outcome.rawValue)
        csv.field(result.status.map { String($0) } ?? "")
        csv.field(result.code ?? "")
        csv.field(finding?.rule ?? "")
        csv.field(finding?.message ?? "")
        csv.field(finding?.value ?? "")
        csv.field(finding?.remedy ?? "")
        let errors = Set(result.findings.filter { $0.severity == "error" }.map(\.rule))
        csv.field(errors.subtracting([finding?.rule ?? ""]).sorted().joined(separator: " "))
        csv.field(result.clientID ?? "")
        csv.field(result.clientName ?? "")
        csv.field(result.softwareID ?? "")
        csv.field(result.organisationID ?? "")
        csv.field(result.organisationName ?? "")
        csv.field(result.environment ?? "")
        csv.field(result.requestSHA256)
        csv.field(Timestamp.rfc3339(result.decidedAt))
        csv.field(result.keysFetchedAt.map { Timestamp.rfc3339($0) } ?? "")
        csv.endRow()
    }
}
