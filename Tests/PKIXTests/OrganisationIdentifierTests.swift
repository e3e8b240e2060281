import PKIX
import Testing

@Suite struct OrganisationIdentifierTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        let parts: [String]?
        init(_ text: String, _ parts: [String]?) { (self.text, self.parts) = (text, parts) }
        var testDescription: String { text.isEmpty ? "nothing" : text }
    }

    @Test(
        "parts",
        arguments: [
            Row("PSDGB-FCA-503963", ["PSD", "GB", "FCA", "503963"]),
            Row("PSDGB-OB-Unknown0015800001041REAAY", ["PSD", "GB", "OB", "Unknown0015800001041REAAY"]),
            Row("PSDDE-BAFIN-104114", ["PSD", "DE", "BAFIN", "104114"]),
            Row("PSDPL-PFSA-1234-5678", ["PSD", "PL", "PFSA", "1234-5678"]),
            Row("PSDXX-ABCDEFGH-1", ["PSD", "XX", "ABCDEFGH", "1"]),
            Row("VATDE-123456789", ["VAT", "DE", "", "123456789"]),
            Row("NTRGB-12345678", ["NTR", "GB", "", "12345678"]),
            Row("LEIXG-529900T8BM49AURSDO55", ["LEI", "XG", "", "529900T8BM49AURSDO55"]),
            Row("", nil), Row("PSDGB", nil), Row("PSDGB-", nil), Row("PSDGB-FCA", nil), Row("PSDGB-FCA-", nil),
            Row("PSDGB-F-1", nil),
            Row("PSDGB-ABCDEFGHI-1", nil), Row("PSDGB-fca-1", nil), Row("psdgb-FCA-1", nil), Row("PSDgb-FCA-1", nil),
            Row("PSDG-FCA-1", nil), Row("PSDGBR-FCA-1", nil), Row("XYZGB-FCA-1", nil), Row("VATDE-", nil),
            Row("VATD1-1", nil),
            Row(" PSDGB-FCA-1", nil), Row("PSDGB-F\u{301}CA-1", nil),
        ]
    )
    func parts(_ row: Row) {
        let found = OrganisationIdentifier(row.text)
        #expect(found.map { [$0.scheme.rawValue, $0.country, $0.authority ?? "", $0.identifier] } == row.parts)
    }

    @Test func comparesWithTheAuthorityOfTheStatement() {
        #expect(OrganisationIdentifier("PSDGB-FCA-503963")?.ncaID == "GB-FCA")
        #expect(OrganisationIdentifier("VATDE-1")?.ncaID == nil)
    }
}
