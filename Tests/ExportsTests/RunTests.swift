import Crypto
import Encoding
import Foundation
import Ledger
import Testing

@testable import Exports

@Suite("Exports: a run")
struct RunTests {
    typealias Place = ExportPlace

    private static func order(_ format: ExportFormat = .rfc7591, chunk: Int = 2) -> ExportOrder {
        ExportOrder(format: format, chunk: chunk)
    }

    private static func tally(_ outcome: ExportOutcome) throws -> ExportTally {
        guard case .made(let tally) = outcome else {
            Issue.record("nothing was made: \(outcome)")
            throw CancellationError()
        }
        return tally
    }

    private static func ids(_ place: Place) throws -> [String] {
        try place.names.filter { $0.hasSuffix(".ndjson") && !$0.contains("withheld") && !$0.contains("deleted") }
            .flatMap { try place.text($0).matches(of: /"client_id":"([^"]+)"/).map { String($0.1) } }
    }

    @Test("every client is in one file once, the manifest has each file's size and digest")
    func whole() throws {
        let place = try Place()
        try place.issue((1...5).map { Place.client("c\($0)") })
        let tally = try Self.tally(try place.export(Self.order()))
        #expect(tally.clients == 5 && tally.files == 3 && tally.isRecorded && !tally.isResumed)
        #expect(
            place.names == [
                "rfc7591.0-1.00001.ndjson", "rfc7591.0-1.00002.ndjson", "rfc7591.0-1.00003.ndjson",
                "rfc7591.0-1.manifest.json",
            ]
        )
        #expect(try Self.ids(place).sorted() == ["c1", "c2", "c3", "c4", "c5"])
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(try place.text("rfc7591.0-1.manifest.json")))
        var seen = 0
        document.root["files"]?.forEachElement { file in
            let text = (try? place.text(file["file"]?.text?.string ?? "")) ?? ""
            #expect(file["bytes"]?.integer == Int64(text.utf8.count))
            #expect(file["sha256"]?.text?.string == SHA256Digest.of(text).hex)
            seen += 1
        }
        #expect(seen == 3)
    }

    @Test("an export that was stopped goes on behind the last file that was complete")
    func resume() throws {
        let place = try Place()
        try place.issue((1...6).map { Place.client("c\($0)") })
        // A folder under the name of the second file stops the run there.
        try FileManager.default.createDirectory(
            atPath: "\(place.folder)/rfc7591.0-1.00002.ndjson",
            withIntermediateDirectories: true
        )
        #expect(throws: ExportError.self) { try place.export(Self.order()) }
        #expect(place.names.contains("rfc7591.0-1.00001.ndjson"))
        #expect(!place.names.contains { $0.hasSuffix(".draft") || $0.hasSuffix("manifest.json") })
        try FileManager.default.removeItem(atPath: "\(place.folder)/rfc7591.0-1.00002.ndjson")
        // What changes meanwhile belongs to the next export.
        try place.issue([Place.client("late")])
        #expect(throws: ExportError.otherUnderway(path: "\(place.folder)/.rfc7591.underway.ndjson")) {
            try place.export(Self.order(chunk: 3))
        }
        let tally = try Self.tally(try place.export(Self.order()))
        #expect(tally.clients == 6 && tally.isResumed && tally.through == 1)
        #expect(try Self.ids(place) == ["c1", "c2", "c3", "c4", "c5", "c6"])
        #expect(!place.names.contains(".rfc7591.underway.ndjson"))
    }

    @Test("a file of a stopped export that was changed is told of, not built upon")
    func damaged() throws {
        let place = try Place()
        try place.issue((1...4).map { Place.client("c\($0)") })
        let second = "\(place.folder)/rfc7591.0-1.00002.ndjson"
        try FileManager.default.createDirectory(atPath: second, withIntermediateDirectories: true)
        #expect(throws: ExportError.self) { try place.export(Self.order()) }
        try place.write("other", to: "out/rfc7591.0-1.00001.ndjson")
        #expect(throws: ExportError.damaged(path: "\(place.folder)/rfc7591.0-1.00001.ndjson")) {
            try place.export(Self.order())
        }
    }

    @Test("the next export has what changed, and tells what was deleted")
    func incremental() throws {
        let place = try Place()
        try place.issue((1...3).map { Place.client("c\($0)") })
        _ = try place.export(Self.order())
        var next = Self.order()
        next.after = try place.ledger.read(at: Place.now) { group throws(LedgerError) in
            try group.exports.latest(format: "rfc7591")?.through ?? -1
        }
        #expect(next.after == 1)
        #expect(try place.export(next) == .nothing)
        try place.change { group throws(LedgerError) in
            try group.clients.tombstone("c1", at: Place.now + 60)
            var client = Place.client("c2")
            client.summary = "{\"scope\":\"openid payments\"}"
            try group.clients.update(client)
        }
        try place.issue([Place.client("c9")])
        #expect(try place.ledger.summary(at: Place.now).changedSinceExport == 3)
        let tally = try Self.tally(try place.export(next))
        #expect(tally.clients == 2 && tally.deleted == 1 && tally.through == 3)
        #expect(try place.text("rfc7591.2-3.00002.deleted.ndjson").contains("\"client_id\":\"c1\""))
        #expect(try place.text("rfc7591.2-3.00001.ndjson").contains("openid payments"))
        #expect(try place.ledger.summary(at: Place.now).changedSinceExport == 0)
    }

    @Test("the same export again makes nothing anew, and another format is another export")
    func again() throws {
        let place = try Place()
        try place.issue([Place.client("c1")])
        _ = try place.export(Self.order())
        #expect(try place.export(Self.order()) == .already(manifest: "rfc7591.0-1.manifest.json"))
        #expect(try Self.tally(try place.export(Self.order(.csv))).clients == 1)
    }

    @Test("an export of a part is no place to go on from; each is in the audit")
    func part() throws {
        let place = try Place()
        try place.issue([Place.client("c1")])
        var part = Self.order()
        part.filter.organisationID = "0015800001041RHAAY"
        #expect(try Self.tally(try place.export(part)).isRecorded == false)
        part.filter.organisationID = "another"
        #expect(try place.export(part) == .nothing)
        _ = try place.export(Self.order())
        try place.ledger.read(at: Place.now) { group throws(LedgerError) in
            var events = 0
            try group.audit.forEach { line throws(LedgerError) in
                if line.text.contains("\"event\":\"export.made\"") { events += 1 }
                return true
            }
            #expect(events == 2)
            guard case .intact = try group.verifyAudit() else {
                Issue.record("the chain is broken")
                return
            }
        }
    }

    @Test("one process at a time exports into a folder")
    func locked() throws {
        let place = try Place()
        let first = try ExportFolder(place.folder)
        #expect(throws: ExportError.locked(path: place.folder)) { try place.export(Self.order()) }
        withExtendedLifetime(first) {}
    }

    @Test("the next may as soon as that is over, also while a program is being started, which shares open files")
    func released() throws {
        let place = try Place()
        var first: ExportFolder? = try ExportFolder(place.folder)
        let shared = (Int32(3)..<4096).first { number in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")) == place.folder
        }
        let copy = dup(try #require(shared))
        defer { close(copy) }
        withExtendedLifetime(first) {}
        first = nil
        _ = try ExportFolder(place.folder)
    }
}
