import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("Looking without owning")
struct SpoolViewTests {
    @Test("shows the inputs that would be taken, and tells of those that would not, and moves nothing")
    func dryRun() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for name in ["a.jwt", "a.pem", "b.json", "c.ndjson", "c.manifest.json", "d.exe", "e.tmp"] {
            try place.write("incoming/\(name)", name)
        }
        symlink("a.jwt", place.root + "/incoming/f.jwt")
        let before = place.tree("")
        var seen: [String: String] = [:]
        let view = try Spool.openReadOnly(place.root)
        var refused: [String: FailureReason] = [:]
        try view.forEachInput(refused: { refused[$0] = $1.reason }) { file throws(SpoolError) in
            let buffer = ByteBuffer()
            seen[file.name] = "\(try file.read(into: buffer)) \(file.certificate ?? "-") \(file.manifest ?? "-")"
            return true
        }
        #expect(seen == ["a.jwt": "a.jwt a.pem -", "b.json": "b.json - -", "c.ndjson": "c.ndjson - c.manifest.json"])
        #expect(refused == ["d.exe": .name, "f.jwt": .type])
        #expect(place.tree("") == before)
        var count = 0
        try view.forEachInput { _ throws(SpoolError) in
            count += 1
            return false
        }
        #expect(count == 1)
        withExtendedLifetime(spool) {}
    }

    @Test("never stands in the way of an owner that starts")
    func noLock() throws {
        let place = try TemporarySpool()
        _ = try place.open()
        let view = try Spool.openReadOnly(place.root)
        for _ in 0..<50 {
            #expect(try view.owner() == nil)
            let spool = try place.open()
            #expect(try view.owner() != nil)
            withExtendedLifetime(spool) {}
        }
    }
}
