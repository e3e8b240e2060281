import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("Submitting files")
struct SubmissionTests {
    @Test("drops a whole file under its name, for the owner of the spool to read")
    func submits() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("a.jwt", "request")
        let submission = try Submission(to: place.root)
        #expect(try submission.submit(place.root + "/a.jwt") == "a.jwt")
        #expect(try submission.submit(place.root + "/a.jwt", as: "b.jwt") == "b.jwt")
        #expect(place.names("incoming") == ["a.jwt", "b.jwt"])
        #expect(place.status("incoming/a.jwt")?.mode == 0o640)
        #expect(try spool.intake().take(at: TemporarySpool.now).group?.files.count == 2)
    }

    @Test("never replaces a file, and leaves nothing behind when it fails")
    func conflicts() throws {
        let place = try TemporarySpool()
        _ = try place.open()
        let submission = try Submission(to: place.root)
        try submission.submit(ByteSlice("one"), as: "a.jwt")
        #expect(throws: SpoolError.conflict(path: place.root + "/incoming/a.jwt")) {
            try submission.submit(ByteSlice("two"), as: "a.jwt")
        }
        #expect(place.names("incoming") == ["a.jwt"])
        #expect(place.text("incoming/a.jwt") == "one")
    }

    @Test("does not trip over what a submission that was killed left behind")
    func leftover() throws {
        let place = try TemporarySpool()
        _ = try place.open()
        try place.write("incoming/.a.jwt.\(getpid())-0.tmp", "torn")
        try Submission(to: place.root).submit(ByteSlice("whole"), as: "a.jwt")
        #expect(place.text("incoming/a.jwt") == "whole")
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let why: String
        let name: String
        let bytes: Int
        let reason: FailureReason
        var testDescription: String { why }

        init(_ why: String, _ name: String, _ bytes: Int, _ reason: FailureReason) {
            (self.why, self.name, self.bytes, self.reason) = (why, name, bytes, reason)
        }
    }

    @Test(
        "refuses what would be left alone or set aside",
        arguments: [
            Row("a name that is left alone", "a.tmp", 1, .name),
            Row("a hidden name", ".a.jwt", 1, .name),
            Row("a name of nobody", "a.txt", 1, .name),
            Row("a name with a space", "a b.jwt", 1, .name),
            Row("a name that leads elsewhere", "../a.jwt", 1, .name),
            Row("no bytes", "a.jwt", 0, .incomplete),
            Row("a byte too many", "a.jwt", 64 << 10 + 1, .toolarge),
        ]
    )
    func refuses(_ row: Row) throws {
        let place = try TemporarySpool()
        _ = try place.open()
        let submission = try Submission(to: place.root)
        let text = String(repeating: "x", count: row.bytes)
        try place.write("source", text)
        for submit in [
            { try submission.submit(ByteSlice(text), as: row.name) },
            { try submission.submit(place.root + "/source", as: row.name) },
        ] as [() throws -> Any] {
            let error = #expect(throws: SpoolError.self) { _ = try submit() }
            guard case .refused(_, let reason, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(reason == row.reason)
        }
        #expect(place.names("incoming") == [])
    }

    @Test("refuses a source that is no plain file, and says when there is none")
    func sources() throws {
        let place = try TemporarySpool()
        _ = try place.open()
        let submission = try Submission(to: place.root)
        mkfifo(place.root + "/pipe.jwt", 0o600)
        mkdir(place.root + "/folder.jwt", 0o700)
        for name in ["pipe.jwt", "folder.jwt"] {
            #expect(throws: SpoolError.self) { try submission.submit(place.root + "/" + name) }
        }
        #expect(throws: SpoolError.vanished(path: place.root + "/none.jwt")) {
            try submission.submit(place.root + "/none.jwt")
        }
        #expect(throws: SpoolError.missing(path: place.base + "/none")) { try Submission(to: place.base + "/none") }
    }

    @Test("puts certificates and manifests first")
    func order() {
        #expect(
            Submission.ordered(["x/a.jwt", "x/a.pem", "b.ndjson", "b.manifest.json", "c.json"])
                == ["x/a.pem", "b.manifest.json", "x/a.jwt", "b.ndjson", "c.json"]
        )
    }
}
