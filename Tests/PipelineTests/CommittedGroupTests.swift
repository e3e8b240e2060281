import Ledger
import OpenBanking
import Pipeline
import Simulator
import Spool
import Testing

/// A stop between a group's commit and its archive: nothing of it is decided, written or counted again.
@Suite("A group that was committed, found after a stop")
struct CommittedGroupTests {
    @Test("is only tidied up, whether its consumer took the answers already or not", arguments: [false, true])
    func echoes(_ isTaken: Bool) throws {
        let place = try answered()
        let names = place.names
        #expect(names.count == 4)
        let ever = try place.ledger.summary(at: place.now).ever
        try putBack(place)
        try place.forgetPublishing()
        if isTaken {
            for name in names {
                try place.folder.write([], to: "spool/acks/\(World.day)/\(name)")
                try place.folder.remove("spool/results/\(World.day)/\(name)")
            }
        }
        try place.reopen()
        let tally = try place.pass()
        #expect(place.names == (isTaken ? [] : names))
        #expect(tally.lost.isEmpty && tally.published == 0)
        #expect(tally.counts == ever)
        #expect(try place.clients.count == 1)
        #expect(try place.ledger.summary(at: place.now).ever == ever)
        #expect(place.isSettled)
    }

    @Test("a file that lies in it and was not answered in it is answered")
    func stranger() throws {
        let place = try answered()
        let names = Set(place.names)
        let group = try putBack(place)
        let item = try World.forge.item(of: World.software, number: 7)
        try place.folder.write(Array((item.request ?? "").utf8), to: "spool/active/\(group)/late.jwt")
        try place.folder.write(Array((item.certificate ?? "").utf8), to: "spool/active/\(group)/late.pem")
        try place.reopen()
        try place.pass()
        let new = Set(place.names).subtracting(names)
        #expect(new.count == 1 && new.first?.hasPrefix("late.") == true, "\(new)")
        #expect(try place.clients.count == 2)
        #expect(place.isSettled)
    }

    /// A good request, the same again, and two that cannot be read, in one group.
    private func answered() throws -> Place {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        try place.drop(item)
        for (stem, text) in [("again", item.request ?? ""), ("noise", "x.y"), ("other", "x.z")] {
            try place.folder.write(Array((item.certificate ?? "").utf8), to: "spool/incoming/\(stem).pem")
            try place.folder.write(Array(text.utf8), to: "spool/incoming/\(stem).jwt")
        }
        try place.pass()
        return place
    }

    /// Undoes the archiving of the only group; its name.
    @discardableResult
    private func putBack(_ place: Place) throws -> String {
        let archived = place.folder.everything("spool/archive/\(World.day)")
        let group = try #require(archived.first { !$0.contains("/") })
        for path in archived where path.contains("/") {
            try place.folder.write(place.folder.read("spool/archive/\(World.day)/\(path)"), to: "spool/active/\(path)")
            try place.folder.remove("spool/archive/\(World.day)/\(path)")
        }
        return group
    }
}
