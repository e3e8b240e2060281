import Crypto
import Encoding
import Foundation
import Ledger
import OpenBanking
import Pipeline
import Rules
import Simulator
import Spool
import Testing

/// What a migration makes of keys that left their sets.
extension MigrationTests {
    private var softwareKeys: String { KeyStorePath.keys(World.software.organisation.id, World.software.id) }

    /// Publishes the software's set without its signing key, so that the key leaves it, and lets its grace pass.
    func placeWithoutTheKey() throws -> Place {
        let place = try Place(policy: { rules in
            rules.migration.isAllowed = true
            rules.certificateRevocation = .off
        })
        try place.bringMirror()
        let left = World.software.published.filter { $0.key.kid != World.software.signing.key.kid }
        let body = "{\"keys\":[\(left.map(\.jwk).joined(separator: ","))]}"
        try place.folder.write(Array(body.utf8), to: "mirror/\(World.directory.host)\(softwareKeys)")
        place.now += 10 * Self.day
        try place.refresh()
        place.now += 190 * Self.day
        try place.refresh()
        return place
    }

    @Test("rests on a key that left its set long ago, and says which and since when")
    func archivedKey() throws {
        let place = try placeWithoutTheKey()
        try drop([try record()], into: place)
        try place.pass()
        let answer = try #require(try place.batchAnswers.first)
        #expect(answer.outcome == "accepted", "\(answer.findings)")
        let result = try #require(try results(place).first)
        #expect(result.relaxations.map(\.rule).contains("R-087"))
        let key = try #require(result.keyEvidence.first { $0.role == "request" })
        #expect(key.state == "archived" && key.kid == World.software.signing.key.kid)
        #expect(key.evidence?.at == World.now)
        #expect(key.interval.fromHigh == World.now && key.interval.toHigh == World.now + 10 * Self.day)
    }

    @Test("does not rest on such a key without the bank's date, nor for what was signed after it left")
    func archivedKeyRefused() throws {
        let place = try placeWithoutTheKey()
        let after = World.now + 20 * Self.day
        let late = try record(2, clientID: "late", registeredAt: after) {
            $0.claims["iat"] = .number(after - 30)
            $0.claims["exp"] = .number(after + 300)
        }
        try drop([try record(registeredAt: nil), late], into: place)
        try place.pass()
        let answers = try place.batchAnswers
        #expect(answers.first?.outcome != "accepted")
        #expect(answers.last?.errors == ["R-087"], "\(answers.last?.findings ?? [])")
        #expect(try place.clients.isEmpty)
    }

    @Test("does not rest on such a key in an ordinary batch")
    func ordinary() throws {
        let place = try placeWithoutTheKey()
        try place.drop("b.ndjson", try World.forge.request(for: World.software, number: 1).line() + "\n")
        try place.pass()
        #expect(try place.batchAnswers.first?.outcome == "rejected")
    }

    @Test("never rests on a key that was revoked, whatever the date")
    func revokedKey() throws {
        let place = try place()
        let line = try record { $0.token.sign(with: World.software.revokedSigning.key) }
        try drop([line], into: place)
        try place.pass()
        let answer = try #require(try place.batchAnswers.first)
        #expect(answer.errors.contains("R-089"), "\(answer.findings)")
        #expect(try place.clients.isEmpty)
    }

    @Test("waits for the history of a key that nobody knows, and is a migration still when it is tried again")
    func unknownKey() throws {
        let place = try place()
        let line = try record { $0.token.sign(with: World.other.signing.key) }
        try drop([line], into: place)
        try place.pass()
        #expect(try place.batchAnswers.first?.outcome == "deferred")
        #expect(
            try place.read { group throws(LedgerError) in try group.deferred.allDeferred() }.first?.isMigration == true
        )
        try place.reopen()
        place.now += 3600
        try place.pass()
        #expect(place.lying(in: .deferred).count == 1)
        #expect(place.names.count == 3, "\(place.names)")
        // The key comes into the set: too late for what it signed then, so that this is decided, not malformed.
        let keys = World.software.published + [World.other.signing]
        let body = "{\"keys\":[\(keys.map(\.jwk).joined(separator: ","))]}"
        try place.folder.write(Array(body.utf8), to: "mirror/\(World.directory.host)\(softwareKeys)")
        place.now += 60
        try place.refresh()
        try place.pass()
        let answer = try #require(try place.answers.last { $0.outcome != "deferred" })
        #expect(answer.outcome == "accepted", "\(answer.findings)")  // an active key vouches, as in ordinary work
        #expect(answer.response?.clientId == Self.clientID)
    }

    @Test("is known as one also where the ledger forgot that a record of it waits, as after a crash")
    func forgotten() throws {
        let place = try place()
        try drop([try record { $0.token.sign(with: World.other.signing.key) }], into: place)
        try place.pass()
        try place.ledger.group(at: place.now) { group throws(LedgerError) in
            for entry in try group.deferred.allDeferred() { try group.deferred.remove(entry.requestSHA256) }
        }
        try place.reopen()
        try place.pass()
        // No malformed result beside acknowledgement, results and summary.
        #expect(place.names.count == 3, "\(place.names)")
        #expect(place.lying(in: .deferred).count == 1)
    }
}
