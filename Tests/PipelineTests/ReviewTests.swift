import Crypto
import Encoding
import Ledger
import OpenBanking
import Pipeline
import Rules
import Simulator
import Spool
import Testing

/// Ways somebody could burn, double or lose what is another's.
struct ReviewTests {
    @Test("a request under another's name burns no jti of that other")
    func burntJTI() throws {
        let place = try Place()
        let victim = World.forge.request(for: World.software, number: 1)
        var thief = World.forge.request(for: World.other, number: 2)
        thief.claims["iss"] = victim.claims["iss"]
        thief.claims["jti"] = victim.claims["jti"]
        try place.drop("thief.json", try thief.line())
        try place.pass()
        try place.drop("victim.json", try victim.line())
        try place.pass()
        #expect(place.names.contains { $0.hasPrefix("thief.") && $0.hasSuffix(".rejected.json") })
        #expect(place.names.contains { $0.hasPrefix("victim.") && $0.hasSuffix(".accepted.json") }, "\(place.names)")
    }

    @Test("a statement registers once at the portal, in whatever record it comes")
    func portalTwice() throws {
        let place = try Place()
        var draft = World.forge.manual(for: World.software, number: 3)
        try place.drop("one.json", try draft.line())
        try place.pass()
        draft.record["ref"] = "typed again"
        try place.drop("two.json", try draft.line())
        try place.pass()
        #expect(try place.clients.count == 1)
        #expect(place.names.contains { $0.hasPrefix("two.") && $0.hasSuffix(".duplicate.json") }, "\(place.names)")
    }

    @Test("what the portal got refused uses no statement up")
    func portalAgain() throws {
        let place = try Place()
        var draft = World.forge.manual(for: World.software, number: 4)
        draft.redirectURIs = ["https://elsewhere.example/"]
        try place.drop("one.json", try draft.line())
        try place.pass()
        draft.redirectURIs = nil
        try place.drop("two.json", try draft.line())
        try place.pass()
        #expect(place.names.contains { $0.hasPrefix("two.") && $0.hasSuffix(".accepted.json") }, "\(place.names)")
    }

    @Test("a refusal by the ledger's rule on used statements tells of the request itself")
    func usedStatement() throws {
        let place = try Place(policy: { $0.overrides[.statementUnused] = .error })
        var draft = World.forge.request(for: World.software, number: 5)
        try place.drop("one.jwt", try draft.compact())
        try place.drop("one.pem", try #require(draft.certificate))
        try place.pass()
        draft.claims["jti"] = "7f4f1b2e-2b0a-4a4e-8f0a-0d6f5b9c1d2e"
        let text = try draft.compact()
        try place.drop("two.jwt", text)
        try place.drop("two.pem", try #require(draft.certificate))
        try place.pass()
        let digest = SHA256Digest.of(text).hex
        let name = "two.\(digest.prefix(16)).rejected.json"
        #expect(place.names.contains(name), "\(place.names)")
        let body = String(decoding: try place.bytes(name), as: UTF8.self)
        #expect(body.contains(digest))
        #expect(!body.contains("\"R-002\""))
        let known = SHA256Digest.of(text)
        let prior = try place.read { group throws(LedgerError) in try group.requests.find(known) }
        #expect(prior?.resultName.hasSuffix("/" + name) == true, "\(prior?.resultName ?? "")")
    }

    @Test("a committed result that could not appear appears with the next pass of the same process")
    func appearsLater() throws {
        let (place, name) = try obstructed()
        #expect(throws: PipelineError.self) { try place.pass() }
        try place.folder.remove("spool/results/\(World.day)")
        let other = World.forge.request(for: World.software, number: 7)
        try place.drop("other.json", try other.line())
        try place.pass()
        #expect(place.names.contains(name), "\(place.names)")
        #expect(try place.clients.count == 2)
        #expect(String(decoding: try place.bytes(name), as: UTF8.self).contains("\"client_id\""))
    }

    /// A place where the folder of the result to come cannot be made.
    private func obstructed() throws -> (Place, String) {
        let place = try Place()
        let draft = World.forge.request(for: World.software, number: 6)
        let text = try draft.compact()  // every signing gives other bytes
        let name = "one.\(SHA256Digest.of(text).hex.prefix(16)).accepted.json"
        try place.folder.write(Array("elsewhere".utf8), to: "spool/results/\(World.day)")
        try place.drop("one.pem", try #require(draft.certificate))
        try place.drop("one.jwt", text)
        return (place, name)
    }
}
