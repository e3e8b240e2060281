import Operations
import Testing

@Suite("The sources file")
struct SourcesFileTests {
    @Test("keeps ids as text, quoted or not")
    func ids() throws {
        let sources = try SourcesFile.read(
            text: """
                directory: ["https://keystore.test/a.jwks"]
                organisations:
                  - id: 0015800001
                    software: [0123, 1e5, "77"]
                  - {id: "0015800002"}
                crls: ["http://crl.test/a.crl"]
                """,
            file: "s.yaml"
        )
        #expect(sources.directory == ["https://keystore.test/a.jwks"])
        #expect(sources.organisations.map(\.id) == ["0015800001", "0015800002"])
        #expect(sources.organisations.map(\.software) == [["0123", "1e5", "77"], []])
        #expect(sources.crls == ["http://crl.test/a.crl"])
    }

    @Test("reads the example")
    func example() throws {
        let sources = try SourcesFile.read(text: PackageFolder.text("etc/sources.example.yaml"), file: "s.yaml")
        #expect(sources.organisations.map(\.id) == ["0015800001041RHAAY", "0015800001"])
        #expect(sources.crls.count == 2)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let fault: String

        init(_ name: String, _ text: String, _ fault: String) {
            testDescription = name
            self.text = text
            self.fault = fault
        }
    }

    @Test(
        "says what is wrong",
        arguments: [
            Row(
                "id with a slash",
                "organisations: [{id: a/b}]",
                "s.yaml:1:22: id must be 1 to 35 letters and digits, found \"a/b\""
            ),
            Row("no id", "organisations: [{software: [a]}]", "s.yaml:1:17: an organisation needs an id"),
            Row("id alone", "organisations: [a]", "s.yaml:1:17: organisations must hold keys and values, found \"a\""),
            Row(
                "id twice",
                "organisations:\n- id: a\n- id: a\n",
                "s.yaml:3:3: organisation \"a\" is listed twice, on lines 2 and 3; keep one"
            ),
            Row(
                "http for a key set",
                "directory: [\"http://k.test/a\"]",
                "s.yaml:1:13: each entry of directory must be an https URL such as https://host/path, found \"http://k.test/a\""
            ),
            Row(
                "slip",
                "organizations: []",
                "s.yaml:1:1: unknown key \"organizations\"; did you mean \"organisations\"?"
            ),
            Row(
                "slip within",
                "organisations: [{id: a, softwares: []}]",
                "s.yaml:1:25: unknown key \"softwares\" in organisations; did you mean \"software\"?"
            ),
        ]
    )
    func faults(_ row: Row) {
        do throws(ConfigurationFaults) {
            _ = try SourcesFile.read(text: row.text, file: "s.yaml")
            Issue.record("no fault")
        } catch {
            #expect(error.description == row.fault)
        }
    }
}
