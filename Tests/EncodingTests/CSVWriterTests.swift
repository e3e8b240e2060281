import Encoding
import Testing

@Suite("CSV")
struct CSVWriterTests {
    @Test(
        "a field is text wherever it is opened",
        arguments: [
            ("plain", "plain"), ("with space", "with space"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
            ("=1+1", "'=1+1"), ("+44", "'+44"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("  =1", "'  =1"),
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("\u{FF1D}1", "'\u{FF1D}1"), ("a\r\nb", "a\\u{D}\\u{A}b"), ("\t=1", "\\u{9}=1"),
            ("x\u{202E}y", "x\\u{202E}y"), ("", ""),
        ]
    )
    func field(_ text: String, _ shown: String) {
        let buffer = ByteBuffer()
        var csv = CSVWriter(buffer)
        csv.field(text)
        csv.endRow()
        #expect(buffer.all.string == "\(shown)\r\n")
    }

    @Test("rows have commas between fields and CR LF behind them")
    func rows() {
        let buffer = ByteBuffer()
        var csv = CSVWriter(buffer)
        csv.field("a")
        csv.field(-2)
        csv.field("b")
        csv.endRow()
        csv.field("c")
        csv.endRow()
        #expect(buffer.all.string == "a,-2,b\r\nc\r\n")
    }
}
