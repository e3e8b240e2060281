import Encoding
import Pipeline
import Simulator
import Spool
import Testing

/// One request to a file: what it is called, what its result is called, and what stands in it.
@Suite("A request that comes as a file")
struct SingleTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let ending: String
        let outcome: String
        let status: Int
        let fault: ForgedFault?
        var testDescription: String { name }

        init(_ name: String, _ ending: String, _ outcome: String, _ status: Int, _ fault: ForgedFault? = nil) {
            (self.name, self.ending, self.outcome, self.status, self.fault) = (name, ending, outcome, status, fault)
        }
    }

    static let rows = [
        Row("a good .jwt", "jwt", "accepted", 201),
        Row("a good .jws", "jws", "accepted", 201),
        Row("a good .jose", "jose", "accepted", 201),
        Row("a redirect of somebody else", "jwt", "rejected", 400, .foreignRedirect),
        Row("a wrong signature", "jwt", "rejected", 400, .requestSignature),
        Row("no signature at all", "jwt", "malformed", 400, .truncated),
    ]

    @Test("ends in one result, named by stem, bytes and outcome", arguments: rows)
    func single(_ row: Row) throws {
        let place = try Place()
        let item = try row.fault.map { try World.forge.item($0) } ?? World.forge.item(of: World.software)
        try place.drop(item, as: "tpp.one", ending: row.ending)
        let tally = try place.pass()
        let request = try #require(item.request)
        let name = "tpp.one.\(Place.h16(request)).\(row.outcome).json"
        #expect(place.names == [name])
        let answer = try place.answer(name)
        #expect(answer.v == 1)
        #expect(answer.outcome == row.outcome)
        #expect(answer.http?.status == row.status)
        #expect(answer.source == Answer.Source(file: "tpp.one.\(row.ending)", line: nil))
        #expect(answer.ref == nil)
        #expect(answer.requestSha256.hasPrefix(Place.h16(request)))
        #expect(answer.evidence.decidedAt == World.now)
        #expect(answer.evidence.tlsPossession == "unproven")
        #expect((answer.response?.clientId != nil) == (row.outcome == "accepted"))
        #expect(tally.requests == 1)
        #expect(place.isSettled)
        let archived = place.lying(in: .archive).compactMap { $0.split(separator: "/").last }
        #expect(archived == ["tpp.one.\(row.ending)", "tpp.one.pem"])
    }

    @Test("a record ends in one result with its ref and its attestation")
    func record() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software, .subjectByName)
        try place.drop("migrated.json", item.line)
        try place.pass()
        let name = "migrated.\(Place.h16(try #require(item.request))).accepted.json"
        #expect(place.names == [name])
        let answer = try place.answer(name)
        #expect(answer.ref == item.name)
        #expect(answer.evidence.tlsPossession == "attested")
        #expect(answer.response?.softwareStatement?.isEmpty == false)
    }

    @Test("a manual registration is known by its whole record")
    func manual() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software, .manual)
        try place.drop("portal.json", item.line)
        try place.pass()
        #expect(place.names == ["portal.\(Place.h16(item.line)).accepted.json"])
    }

    @Test("white space around a request is not part of it, inside it is")
    func whiteSpace() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        let request = try #require(item.request)
        try place.drop("a.pem", try #require(item.certificate))
        try place.drop("a.jwt", "\n " + request + "\r\n")
        try place.drop("b.jwt", request.prefix(100) + "\n" + request.dropFirst(100))
        try place.pass()
        #expect(place.names.contains("a.\(Place.h16(request)).accepted.json"))
        #expect(try place.answer(to: "b").outcome == "malformed")
    }

    @Test("results may be read by their group, and by nobody else")
    func modes() throws {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software))
        try place.drop("b.ndjson", try World.forge.item(of: World.other).line)
        try place.pass()
        #expect(try place.folder.mode("spool/results/\(World.day)") == 0o2750)
        for name in place.names { #expect(try place.folder.mode("spool/results/\(World.day)/\(name)") == 0o640) }
    }

    @Test("one result in a file is one line without an end")
    func oneLine() throws {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software))
        try place.pass()
        let bytes = try place.bytes(place.names[0])
        #expect(bytes.first == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "}"))
        #expect(!bytes.contains(UInt8(ascii: "\n")))
    }
}
