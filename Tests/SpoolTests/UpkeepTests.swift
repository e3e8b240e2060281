import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("An operator's hand in the spool")
struct UpkeepTests {
    static let now = TemporarySpool.now

    /// A spool in which a request with its certificate was set aside by its owner's number.
    private func setAside() throws -> (TemporarySpool, Spool) {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/x.pem", "certificate")
        try place.write("incoming/x.jwt", "request")
        let intake = spool.intake(owners: [geteuid() &+ 1])
        #expect(try intake.take(at: Self.now).setAside.count == 1)
        #expect(place.names("failed/owner") == ["x.jwt", "x.jwt.reason.json", "x.pem"])
        return (place, spool)
    }

    @Test(
        "a file set aside goes back with its certificate, by its whole name or its own",
        arguments: ["owner/x.jwt", "x.jwt"]
    )
    func putBack(_ name: String) throws {
        let (place, spool) = try setAside()
        #expect(try SpoolUpkeep(place.root).retry(name) == .putBack("x.jwt"))
        #expect(place.names("failed/owner") == [])
        let file = try #require(try spool.intake().take(at: Self.now).group?.files.first)
        #expect(file.name == "x.jwt" && file.certificate == "x.pem")
    }

    @Test("nothing is replaced: a file of that name in the drop box keeps it")
    func taken() throws {
        let (place, _) = try setAside()
        try place.write("incoming/x.jwt", "another")
        #expect(try SpoolUpkeep(place.root).retry("x.jwt") == .refused(.taken("x.jwt")))
        #expect(place.names("failed/owner").count == 3)
        #expect(place.names("incoming") == ["x.jwt"])
    }

    @Test("nor is another certificate: the request stays with its own")
    func takenBeside() throws {
        let (place, _) = try setAside()
        try place.write("incoming/x.pem", "another")
        #expect(try SpoolUpkeep(place.root).retry("x.jwt") == .refused(.taken("x.pem")))
        #expect(place.names("failed/owner") == ["x.jwt", "x.jwt.reason.json", "x.pem"])
    }

    @Test("a name that was none of an input cannot come back by itself")
    func name() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        try place.write("incoming/what is this")
        _ = try spool.intake().take(at: Self.now)
        #expect(try SpoolUpkeep(place.root).retry("name/what_is_this") == .refused(.name))
    }

    @Test("names that lead elsewhere are unknown", arguments: ["../x", "owner/../../x", "", "/", ".lock", "owner/"])
    func elsewhere(_ name: String) throws {
        let (place, _) = try setAside()
        #expect(try SpoolUpkeep(place.root).retry(name) == .refused(.unknown))
    }

    @Test("what waits is left to the owner, who is told")
    func waiting() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        let name = "x.0123456789abcdef.jwt"
        try place.write("deferred/\(name)")
        #expect(try SpoolUpkeep(place.root).retry(name) == .woken)
        #expect(try SpoolUpkeep(place.root).retry(name) == .woken)
        #expect(try spool.retries() == [name])
        try spool.forget(.retry(name))
        #expect(try spool.retries() == [])
    }

    @Test("a list shows where each file stands, without companions and notices")
    func list() throws {
        let (place, spool) = try setAside()
        try place.write("incoming/y.pem")
        try place.write("incoming/y.jwt")
        _ = try spool.intake().take(at: Self.now)
        try place.write("incoming/z.json")
        try place.write("incoming/z2.json.tmp")
        try place.write("deferred/w.0123456789abcdef.jwt")
        try place.write("deferred/w.0123456789abcdef.pem")
        var found: [String] = []
        let view = try Spool.openReadOnly(place.root)
        for state in SpoolEntry.State.allCases {
            try view.forEachEntry(state) {
                found.append("\($0.state.rawValue) \($0.name) \($0.reason?.rawValue ?? "-")")
                return true
            }
        }
        #expect(
            found.sorted() == [
                "active y.jwt -", "deferred w.0123456789abcdef.jwt -", "failed owner/x.jwt owner", "incoming z.json -",
                "incoming z2.json.tmp -",
            ]
        )
    }

    /// Where a stop comes while the second of two requests gets a group of its own.
    enum Step: Int, CaseIterable, Sendable { case nothing, folderMade, certificateMoved, requestMoved }

    @Test("a stop while a group is split leaves no request without its certificate", arguments: Step.allCases)
    func split(_ step: Step) throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for stem in ["a", "b"] {
            try place.write("incoming/\(stem).pem")
            try place.write("incoming/\(stem).jwt")
        }
        let group = try #require(try spool.intake().take(at: Self.now).group)
        let part = SpoolLayout.part(of: group.name, process: 1, number: 9)
        if step.rawValue >= Step.folderMade.rawValue { _ = try spool.folders.active.makeFolder(part, mode: 0o700) }
        if step.rawValue >= Step.certificateMoved.rawValue {
            _ = try group.folder.move("b.pem", to: spool.folders.active.folder(part), as: "b.pem")
        }
        if step.rawValue >= Step.requestMoved.rawValue {
            _ = try group.folder.move("b.jwt", to: spool.folders.active.folder(part), as: "b.jwt")
        }
        let files = try spool.recoverableGroups().flatMap(\.files)
        #expect(files.map(\.name).sorted() == ["a.jwt", "b.jwt"])
        #expect(files.allSatisfy { $0.certificate != nil })
        #expect(place.names("incoming") == [])
    }

    @Test("a group is split into one for each request, with its certificate")
    func splitWhole() throws {
        let place = try TemporarySpool()
        let spool = try place.open()
        for stem in ["a", "b", "c"] {
            try place.write("incoming/\(stem).pem")
            try place.write("incoming/\(stem).jwt")
        }
        let group = try #require(try spool.intake().take(at: Self.now).group)
        let parts = try spool.split(group)
        #expect(parts.map { $0.files.map(\.name) }.sorted { $0[0] < $1[0] } == [["a.jwt"], ["b.jwt"], ["c.jwt"]])
        #expect(parts.allSatisfy { $0.files[0].certificate != nil && SpoolLayout.whole(ofPart: $0.name) == group.name })
        #expect(try spool.recoverableGroups().count == 3)
        #expect(!place.names("active").contains(group.name))
    }
}
