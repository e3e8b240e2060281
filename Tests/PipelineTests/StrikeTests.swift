import GRDB
import Pipeline
import Simulator
import Spool
import Testing

/// How often a file may end the process: seldom while it is judged, which is where it can do harm; more often behind
/// that, for there the process was more likely killed.
@Suite("A file that was begun before, alone")
struct StrikeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let strikes: [String]
        let isSetAside: Bool
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "never", strikes: [], isSetAside: false),
        Row(name: "once while it was judged", strikes: [".strike-1"], isSetAside: false),
        Row(name: "twice while it was judged", strikes: [".strike-1", ".strike-2"], isSetAside: true),
        Row(name: "eleven times behind that", strikes: (1...11).map { ".late-\($0)" }, isSetAside: false),
        Row(name: "once, and eleven times", strikes: [".strike-1"] + (1...11).map { ".late-\($0)" }, isSetAside: false),
        Row(name: "twelve times behind that", strikes: (1...12).map { ".late-\($0)" }, isSetAside: true),
    ]

    @Test("is answered, or set aside where that was too often", arguments: rows)
    func counts(_ row: Row) throws {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software))
        let group = try begun(place)
        for name in row.strikes { try place.folder.write([], to: "spool/active/\(group)/\(name)") }
        try place.reopen()
        let tally = try place.pass()
        #expect(place.lying(in: .failed).contains { $0.hasPrefix("poison/") } == row.isSetAside)
        #expect(try place.clients.count == (row.isSetAside ? 0 : 1))
        #expect(tally.failed.count == (row.isSetAside ? 1 : 0))
        if row.isSetAside { #expect(tally.failed[0].reason.contains("\(row.strikes.count) times"), "\(tally.failed)") }
        #expect(place.isSettled)
    }

    @Test("is set aside also where a process before it, of the same id and in the same second, had committed a group")
    func sameSecond() throws {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software, number: 1), as: "before")
        try place.pass()
        try place.reopen()
        try place.drop(try World.forge.item(of: World.software))
        let group = try begun(place)
        for number in 1...2 { try place.folder.write([], to: "spool/active/\(group)/.strike-\(number)") }
        try place.reopen()
        try place.pass()
        #expect(place.lying(in: .failed).contains { $0.hasPrefix("poison/") })
        #expect(try place.clients.count == 1)
        #expect(place.isSettled)
    }

    @Test("a failure of the machine takes its own strike back, whatever was before", arguments: [[], [".strike-1"]])
    func forgiven(_ strikes: [String]) throws {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software))
        let group = try begun(place)
        for name in strikes { try place.folder.write([], to: "spool/active/\(group)/\(name)") }
        for _ in 0..<3 {
            try place.reopen()
            let lock = try place.lockLedger()
            #expect(throws: PipelineError.self) { try place.pass() }
            try lock.close()
        }
        #expect(place.lying(in: .active).filter { $0.contains("/.") }.count == strikes.count)
        try place.reopen()
        try place.pass()
        #expect(try place.clients.count == 1)
        #expect(place.isSettled)
    }

    /// Takes what was dropped, and ends before the commit; the group's name.
    private func begun(_ place: Place) throws -> String {
        let lock = try place.lockLedger()
        #expect(throws: PipelineError.self) { try place.pass() }
        try lock.close()
        return try #require(place.folder.everything("spool/active").first { !$0.contains("/") })
    }
}
