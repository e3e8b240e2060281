import Encoding
import Glibc
import Testing

@testable import Spool

/// A file system of its own, small enough to fill; needs the right to mount one.
@Suite(
    "A disk that is full, read-only or another one",
    .enabled(if: SmallDisk.canMount, "skipped: needs the right to mount")
)
struct SmallDiskTests {
    @Test("full of bytes: nothing half written remains, and after room was made it goes on")
    func bytes() throws {
        let place = try TemporarySpool()
        let disk = try #require(SmallDisk(in: place, at: place.base, options: "size=160k"))
        let spool = try place.open()
        let intake = spool.intake()
        try place.write("incoming/a.jwt")
        var good = PassNote()
        good.succeed(at: TemporarySpool.now)
        try spool.keep(good)
        let group = try #require(try intake.take(at: TemporarySpool.now).group)
        let large = ByteSlice(String(repeating: "x", count: 100 << 10))
        try spool.stage("one", large)
        #expect(throws: SpoolError.diskFull(path: place.root + "/staging/two", errno: ENOSPC)) {
            try spool.stage("two", large)
        }
        #expect(place.names("staging").allSatisfy { place.status("staging/\($0)")?.size == 100 << 10 })
        #expect(try spool.freeSpace().shortage() != nil)
        var note = try spool.passNote()
        note.fail("spool_disk_full", at: TemporarySpool.now)
        try spool.keep(note)
        #expect(try Spool.openReadOnly(place.root).passNote() == note)
        #expect(throws: SpoolError.self) {
            try Submission(to: place.root).submit(ByteSlice(String(repeating: "y", count: 64 << 10)), as: "b.jwt")
        }
        #expect(place.names("incoming") == [])
        for name in try spool.stagedNames() { try spool.removeStaged(name) }
        try spool.stage("two", ByteSlice("small"))
        #expect(try spool.publish("two", as: "two", day: TemporarySpool.day) == .published)
        #expect(try spool.putBack(group.files[0]) == "a.jwt")
        withExtendedLifetime(disk) {}
    }

    @Test("full of inodes: what was taken stays taken, the rest stays put, and both are there afterwards")
    func inodes() throws {
        let place = try TemporarySpool()
        let disk = try #require(SmallDisk(in: place, at: place.base, options: "nr_inodes=24"))
        let spool = try place.open()
        var made = 0
        while (try? place.write("incoming/\(made).jwt")) != nil { made += 1 }
        #expect(made > 0)
        #expect(throws: SpoolError.diskFull(path: place.root + "/staging/r", errno: ENOSPC)) {
            try spool.stage("r", ByteSlice("x"))
        }
        #expect(try spool.freeSpace().shortage(for: FreeSpace.Need()) != nil)
        let error = #expect(throws: SpoolError.self) { try spool.intake().take(at: TemporarySpool.now) }
        #expect(error?.code == "spool_disk_full")
        #expect(error?.isTemporary == true)
        unlink(place.root + "/incoming/0.jwt")
        #expect(try spool.intake().take(at: TemporarySpool.now).group?.files.count == made - 1)
        withExtendedLifetime(disk) {}
    }

    @Test("read-only: taking, staging and opening say so, looking works")
    func readOnly() throws {
        let place = try TemporarySpool()
        let disk = try #require(SmallDisk(in: place, at: place.base, options: "size=1m"))
        var spool: Spool? = try place.open()
        try place.write("incoming/a.jwt")
        disk.makeReadOnly()
        let error = #expect(throws: SpoolError.self) { _ = try spool?.intake().take(at: TemporarySpool.now) }
        #expect(error?.code == "spool_not_writable")
        #expect(throws: SpoolError.notWritable(path: place.root + "/staging/r", errno: EROFS)) {
            try spool?.stage("r", ByteSlice("x"))
        }
        spool = nil
        let opening = #expect(throws: SpoolError.self) { try place.open() }
        #expect(opening?.code == "spool_not_writable")
        let view = try Spool.openReadOnly(place.root)
        #expect(try view.counts().incoming.files == 1)
        var seen: [String] = []
        try view.forEachInput(refused: { name, _ in seen.append(name) }) { file throws(SpoolError) in
            seen.append("\(file.name): \(try file.read(into: ByteBuffer()).string)")
            return true
        }
        #expect(seen == ["a.jwt: text"])
    }

    @Test("mixed: all folders must be on one file system")
    func mixed() throws {
        let place = try TemporarySpool()
        _ = try place.open()
        let disk = try #require(SmallDisk(in: place, at: place.root + "/results", options: "size=64k,mode=2750"))
        #expect(throws: SpoolError.mixedFileSystems(path: place.root + "/results", other: place.root)) {
            try place.open()
        }
        withExtendedLifetime(disk) {}
    }
}
