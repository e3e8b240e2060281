import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("Taking inputs")
struct IntakeTests {
    static let now = TemporarySpool.now

    @Test("takes a request with its certificate, and a record")
    func takes() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/a.pem", "certificate")
        try place.write("incoming/a.jwt", "request")
        try place.write("incoming/b.json", "record")
        let intake = spool.intake()
        let take = try intake.take(at: Self.now)
        let group = try #require(take.group)
        #expect(take.setAside == [])
        #expect(take.left == [])
        #expect(group.files.map(\.name).sorted() == ["a.jwt", "b.json"])
        #expect(group.bytes == 13)
        #expect(!group.isBatch)
        #expect(place.names("incoming") == [])
        #expect(place.names("active/\(group.name)") == ["a.jwt", "a.pem", "b.json"])
        let buffer = ByteBuffer()
        let single = try #require(group.files.first { $0.kind == .single })
        #expect(try single.read(into: buffer).string == "request")
        #expect(try single.readCertificate(into: buffer)?.string == "certificate")
        #expect(try single.readManifest(into: buffer) == nil)
        #expect(buffer.all.string == "requestcertificate")
        #expect(single.stem == "a")
        let record = try #require(group.files.first { $0.kind == .record })
        #expect(try record.readCertificate(into: buffer) == nil)
        #expect(try intake.take(at: Self.now).group == nil)
        #expect(place.names("active") == [group.name])
    }

    @Test("leaves unfinished files, and tells of a companion without its file")
    func leaves() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for name in ["a.pem", "b.manifest.json", "c.jwt.tmp", ".d.jwt"] { try place.write("incoming/\(name)") }
        let take = try spool.intake().take(at: Self.now)
        #expect(take.group == nil)
        #expect(take.left.map(\.name).sorted() == ["a.pem", "b.manifest.json"])
        #expect(place.names("incoming") == [".d.jwt", "a.pem", "b.manifest.json", "c.jwt.tmp"])
        #expect(place.names("active") == [])
    }

    @Test("keeps to the limits of a group, and takes the rest with the next calls")
    func limits() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for number in 0..<10 { try place.write("incoming/\(number).jwt", "12345") }
        let intake = spool.intake()
        #expect(try intake.take(limit: .init(files: 4), at: Self.now).group?.files.count == 4)
        #expect(try intake.take(limit: .init(bytes: 11), at: Self.now).group?.files.count == 3)
        #expect(try intake.take(at: Self.now).group?.files.count == 3)
        #expect(try intake.take(at: Self.now).group == nil)
        try place.write("incoming/late.jwt")
        #expect(try intake.take(at: Self.now).group?.files.map(\.name) == ["late.jwt"])
    }

    @Test("takes files before a batch, and a batch with its manifest alone")
    func batch() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for name in ["a.manifest.json", "a.ndjson", "b.jsonl", "c.jwt"] { try place.write("incoming/\(name)") }
        let intake = spool.intake()
        #expect(try intake.take(at: Self.now).group?.files.map(\.name) == ["c.jwt"])
        #expect(try intake.take(.files, at: Self.now).group == nil)
        var batches: [TakenFile] = []
        while let group = try intake.take(at: Self.now).group {
            #expect(group.isBatch)
            #expect(group.files.count == 1)
            batches += group.files
        }
        #expect(batches.map(\.name).sorted() == ["a.ndjson", "b.jsonl"])
        #expect(batches.first { $0.stem == "a" }?.manifest == "a.manifest.json")
        #expect(batches.first { $0.stem == "b" }?.manifest == nil)
        #expect(place.names("incoming") == [])
    }

    @Test("takes 20,000 files exactly once")
    func many() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for number in 0..<20_000 { try place.write("incoming/\(number).jwt", "x") }
        let intake = spool.intake()
        var seen = Set<String>()
        var count = 0
        while let group = try intake.take(at: Self.now).group {
            #expect(group.files.count <= 1024)
            count += group.files.count
            seen.formUnion(group.files.map(\.name))
        }
        #expect(count == 20_000)
        #expect(seen.count == 20_000)
        #expect(place.names("incoming") == [])
        #expect(try spool.recoverableGroups().reduce(0) { $0 + $1.files.count } == 20_000)
    }

    @Test("the same name submitted again while its first file is taken waits for another group")
    func sameName() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let intake = spool.intake()
        try place.write("incoming/a.jwt", "1")
        let first = try #require(try intake.take(at: Self.now).group)
        try place.write("incoming/a.jwt", "2")
        let second = try #require(try intake.take(at: Self.now).group)
        #expect(first.name != second.name)
        #expect(place.text("active/\(first.name)/a.jwt") == "1")
        #expect(place.text("active/\(second.name)/a.jwt") == "2")
    }

    @Test("says so when the drop box was removed, which would look empty for ever")
    func removed() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let intake = spool.intake()
        #expect(try intake.take(at: Self.now).group == nil)
        rmdir(place.root + "/incoming")
        #expect(throws: SpoolError.missing(path: place.root + "/incoming")) { try intake.take(at: Self.now) }
    }

    @Test("takes requests that wait when they are due")
    func deferred() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let names = [
            "a.0123456789abcdef.jwt", "a.0123456789abcdef.pem", "b.0123456789abcdef.2.json", "c.0123456789abcdef.jwt",
            "junk",
        ]
        for name in names { try place.write("deferred/\(name)", name) }
        let take = try spool.deferredIntake { name, _ in name.stem != "c" }.take(at: Self.now)
        let group = try #require(take.group)
        #expect(group.origin == .deferred)
        #expect(group.files.map(\.stem).sorted() == ["a", "b"])
        let single = try #require(group.files.first { $0.stem == "a" })
        #expect(single.certificate == "a.0123456789abcdef.pem")
        #expect(single.deferred?.h16 == "0123456789abcdef")
        #expect(try single.readCertificate(into: ByteBuffer())?.string == "a.0123456789abcdef.pem")
        #expect(place.names("deferred") == ["c.0123456789abcdef.jwt", "junk"])
        for file in group.files { try spool.putBack(file) }
        #expect(try spool.release(group))
        #expect(place.names("deferred") == names.sorted())
    }
}
