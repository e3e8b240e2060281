import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("A hostile file")
struct HostileInputTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let why: String
        let reason: FailureReason
        /// Makes the file in the folder at the path.
        let make: @Sendable (String) -> Void
        var testDescription: String { why }

        init(_ why: String, _ reason: FailureReason, _ make: @escaping @Sendable (String) -> Void) {
            (self.why, self.reason, self.make) = (why, reason, make)
        }
    }

    static func file(_ path: String, bytes: Int = 4, mode: mode_t = 0o640) {
        let number = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        _ = ftruncate(number, bytes)
        fchmod(number, mode)
        close(number)
    }

    static let rows = [
        Row("a link", .type) { symlink("/etc/passwd", $0 + "/x.jwt") },
        Row("a link to nothing", .type) { symlink("/nowhere", $0 + "/x.jwt") },
        Row("a second name of another file", .type) {
            file($0 + "/../secret")
            link($0 + "/../secret", $0 + "/x.jwt")
        },
        Row("a pipe", .type) { mkfifo($0 + "/x.jwt", 0o640) },
        Row("a folder", .type) { mkdir($0 + "/x.jwt", 0o750) },
        Row("a folder with files", .type) {
            mkdir($0 + "/x.ndjson", 0o750)
            file($0 + "/x.ndjson/y.jwt")
        },
        Row("a folder of no known name", .type) { mkdir($0 + "/x", 0o750) },
        Row("a socket", .type) { path in
            let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array((path + "/x.jwt").utf8)) }
            withUnsafePointer(to: &address) {
                _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            close(number)
        },
        Row("no bytes", .incomplete) { file($0 + "/x.jwt", bytes: 0) },
        Row("one byte over the limit of a request", .toolarge) { file($0 + "/x.jwt", bytes: 64 << 10 + 1) },
        Row("one byte over the limit of a record", .toolarge) { file($0 + "/x.json", bytes: 256 << 10 + 1) },
        Row("one byte over the limit of a batch", .toolarge) { file($0 + "/x.ndjson", bytes: 2 << 30 + 1) },
        Row("writable for everybody", .owner) { file($0 + "/x.jwt", mode: 0o666) },
        Row("a space in the name", .name) { file($0 + "/x y.jwt") },
        Row("a line feed in the name", .name) { file($0 + "/x\ny.jwt") },
        Row("an option for a name", .name) { file($0 + "/-rf") },
        Row("a bidi control in the name", .name) { file($0 + "/x\u{202E}twj.jwt") },
        Row("a name of 255 bytes", .name) { file($0 + "/" + String(repeating: "x", count: 251) + ".jwt") },
        Row("a name that is no UTF-8", .name) { path in
            let bytes = (Array(path.utf8) + [0x2F, 0x78, 0xFF, 0xFE]).map { CChar(bitPattern: $0) } + [0]
            close(open(bytes, O_WRONLY | O_CREAT, 0o640))
        },
        Row("an ending of nobody", .name) { file($0 + "/x.exe") },
    ]

    @Test("goes to its folder with the reason beside it, and the rest is taken", arguments: rows)
    func setAside(_ row: Row) throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/good1.jwt")
        row.make(place.root + "/incoming")
        try place.write("incoming/good2.jwt")
        let intake = spool.intake()
        var taken: [TakenFile] = []
        var aside: [Take.SetAside] = []
        while true {
            let take = try intake.take(at: TemporarySpool.now)
            aside += take.setAside
            #expect(take.left == [])
            guard let group = take.group else { break }
            taken += group.files
        }
        #expect(taken.map(\.name).sorted() == ["good1.jwt", "good2.jwt"])
        #expect(place.names("incoming") == [])
        let one = try #require(aside.first)
        #expect(aside.count == 1)
        #expect(one.reason == row.reason, "\(one)")
        #expect(place.status(one.path) != nil)
        let reason = try #require(place.text(one.path + ".reason.json"))
        let document = JSONDocument()
        try document.parse(ByteSlice(reason))
        #expect(document.root["reason"]?.text?.string == row.reason.rawValue)
        #expect(document.root["set_aside_at"]?.text?.string == "2026-11-22T10:00:00Z")
        #expect(document.root["remedy"]?.text?.isEmpty == false)
        #expect(place.status(one.path + ".reason.json")?.mode == 0o600)
    }

    @Test("one byte less than too much is taken")
    func atLimit() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        Self.file(place.root + "/incoming/x.jwt", bytes: 64 << 10)
        let group = try #require(try spool.intake().take(at: TemporarySpool.now).group)
        #expect(try group.files[0].read(into: ByteBuffer()).count == 64 << 10)
    }

    @Test("of a foreign owner is set aside when owners are named", .enabled(if: geteuid() == 0, "skipped: needs root"))
    func owners() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/x.jwt")
        try place.write("incoming/x.pem")
        try place.write("incoming/y.jwt")
        chown(place.root + "/incoming/x.jwt", 65534, 65534)
        let take = try spool.intake(owners: [0]).take(at: TemporarySpool.now)
        #expect(take.group?.files.map(\.name) == ["y.jwt"])
        #expect(take.setAside.map(\.reason) == [.owner])
        #expect(place.names("failed/owner") == ["x.jwt", "x.jwt.reason.json", "x.pem"])
    }

    @Test("with a name that failed before gets another one")
    func sameNameTwice() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let intake = spool.intake()
        for _ in 0..<3 {
            try place.write("incoming/x.exe")
            #expect(try intake.take(at: TemporarySpool.now).setAside.count == 1)
        }
        try place.write("incoming/x.exe.reason.json", "")
        _ = try intake.take(at: TemporarySpool.now)
        #expect(place.names("failed/name").count == 6)
        #expect(place.names("failed/incomplete") == ["x.exe.reason.json", "x.exe.reason.json.reason.json"])
    }

    @Test(
        "that takes the place of a good one after it was taken is refused when read",
        arguments: ["link", "pipe", "grown", "empty"]
    )
    func swapped(_ how: String) throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/x.jwt", "good")
        let group = try #require(try spool.intake().take(at: TemporarySpool.now).group)
        let path = place.root + "/active/\(group.name)/x.jwt"
        let expected: FailureReason
        switch how {
        case "link":
            unlink(path)
            symlink("/etc/passwd", path)
            expected = .type
        case "pipe":
            unlink(path)
            mkfifo(path, 0o600)
            expected = .type
        case "grown":
            Self.file(path, bytes: 1 << 20)
            expected = .toolarge
        default:
            Self.file(path, bytes: 0)
            expected = .incomplete
        }
        let error = #expect(throws: SpoolError.self) { try group.files[0].read(into: ByteBuffer()) }
        guard case .refused(_, let reason, let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason == expected)
        #expect(
            try spool.fail(group.files[0], reason, detail: detail, at: TemporarySpool.now)
                == "failed/\(expected.rawValue)/x.jwt"
        )
        #expect(try spool.release(group))
    }
}
