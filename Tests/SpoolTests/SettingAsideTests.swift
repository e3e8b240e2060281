import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("Setting aside, stopped in between")
struct SettingAsideTests {
    static let now = TemporarySpool.now

    /// Where a stop comes.
    enum Step: Int, CaseIterable, Sendable { case nothing, begun, moved, companionMoved, finished }

    /// A spool whose batch `b` was set aside from `active` as far as a step, and what it was doing.
    private func stopped(after step: Step, fromActive: Bool) throws -> TemporarySpool {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/b.ndjson", fromActive ? "batch" : "")
        try place.write("incoming/b.manifest.json", "manifest")
        var folder = spool.folders.incoming
        if fromActive { folder = try #require(try spool.intake().take(.batch, at: Self.now).group).folder }
        let fault = InputFault(reason: fromActive ? .manifest : .incomplete, detail: "the detail")
        var notice = FailureNotice(
            name: "b.ndjson",
            fault: fault,
            folder: fromActive ? .active : .incoming,
            at: Self.now
        )
        let beside = try #require(try folder.status("b.manifest.json"))
        notice.companion = ("b.manifest.json", beside.identity)
        if fromActive { notice.group = place.names("active").first }
        let way = try SettingAside(spool, fault.reason, as: "b.ndjson")
        if step.rawValue >= Step.begun.rawValue {
            #expect(try way.begin(notice.json(try folder.status("b.ndjson")), isDurable: true))
        }
        if step.rawValue >= Step.moved.rawValue { #expect(try way.moveFile(raw: "b.ndjson", from: folder) == .done) }
        if step.rawValue >= Step.companionMoved.rawValue { try way.moveCompanion("b.manifest.json", from: folder) }
        if step == .finished { try way.finish() }
        return place
    }

    @Test(
        "from a group: the next start judges it with its manifest, or finds all of it set aside",
        arguments: Step.allCases
    )
    func active(_ step: Step) throws {
        let place = try stopped(after: step, fromActive: true)
        let spool = try place.open()
        let groups = try spool.recoverableGroups()
        #expect(place.names("incoming") == [])
        #expect(place.names("failed").filter { $0.hasPrefix(".") } == [])
        if step.rawValue < Step.moved.rawValue {
            let file = try #require(groups.first?.files.first)
            #expect(file.manifest == "b.manifest.json")
            #expect(place.tree("failed").allSatisfy { $0 == "failed/manifest" })
            try spool.fail(file, .manifest, detail: "the detail", at: Self.now)
        } else {
            #expect(groups.isEmpty)
            #expect(place.names("active") == [])
        }
        #expect(place.names("failed/manifest") == ["b.manifest.json", "b.ndjson", "b.ndjson.reason.json"])
        #expect(place.text("failed/manifest/b.ndjson.reason.json")?.contains("the detail") == true)
    }

    @Test("from the drop box: the next start completes it", arguments: Step.allCases)
    func incoming(_ step: Step) throws {
        let place = try stopped(after: step, fromActive: false)
        let spool = try place.open()
        #expect(try spool.recoverableGroups().isEmpty)
        #expect(try spool.intake().take(at: Self.now).group == nil)
        #expect(place.names("incoming") == [])
        #expect(place.names("failed") == ["incomplete"])
        #expect(place.names("failed/incomplete") == ["b.manifest.json", "b.ndjson", "b.ndjson.reason.json"])
    }

    @Test("a manifest submitted since then does not follow the old batch")
    func another() throws {
        let place = try stopped(after: .moved, fromActive: false)
        try place.write("incoming/.new", "another")
        rename(place.root + "/incoming/.new", place.root + "/incoming/b.manifest.json")
        let spool = try place.open()
        #expect(try spool.recoverableGroups().isEmpty)
        #expect(place.text("incoming/b.manifest.json") == "another")
        #expect(place.names("failed/incomplete") == ["b.ndjson", "b.ndjson.reason.json"])
    }

    @Test("a notice whose text a power cut took is written again", arguments: ["", "{\"v\":1,\"na"])
    func torn(_ text: String) throws {
        let place = try stopped(after: .moved, fromActive: true)
        try place.write("failed/.manifest.b.ndjson", text)
        _ = try place.open().recoverableGroups()
        let reason = try #require(place.text("failed/manifest/b.ndjson.reason.json"))
        #expect(reason.contains("found without its reason after a stop"))
    }

    @Test("what cannot be moved leaves no notice, and other entries of the folder are left alone")
    func unmoved() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let way = try SettingAside(spool, .name, as: "x")
        #expect(try way.begin(ByteSlice("{}"), isDurable: false))
        #expect(try way.moveFile(raw: "x", from: spool.folders.incoming) == .gone)
        #expect(place.names("failed") == ["name"])
        for name in [".keep", ".else.x", "note"] { try place.write("failed/\(name)") }
        #expect(try spool.recoverableGroups().isEmpty)
        #expect(place.names("failed") == [".else.x", ".keep", "name", "note"])
    }
}
