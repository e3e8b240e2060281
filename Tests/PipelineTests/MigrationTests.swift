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

/// Clients a bank registered long ago, taken over by a batch: ids and secrets stay, rules are judged as of then.
@Suite("A migration")
struct MigrationTests {
    static let day: Int64 = 86_400
    static let secret = "an-old-secret-of-the-bank-0123456789"
    static let clientID = "legacy-client-0001"

    /// A place 200 days after the registrations, its keys fetched again, where migrations are allowed.
    func place(
        allowed: Bool = true,
        days: Int64 = 200,
        policy: (inout Policy) -> Void = { _ in }
    ) throws -> Place {
        let place = try Place(policy: { rules in
            Secrets.offer(&rules)
            rules.migration.isAllowed = allowed
            rules.certificateRevocation = .off  // the list of then is out of date, and of no interest here
            policy(&rules)
        })
        try place.bringMirror()
        place.now += days * Self.day
        try place.refresh()
        return place
    }

    /// A registration of ``World/now`` as a record with the client it made.
    func record(
        _ number: Int = 1,
        clientID: String = clientID,
        registeredAt: Int64? = World.now,
        existing: [(String, DraftValue)] = [],
        _ change: (inout RequestDraft) -> Void = { _ in }
    ) throws -> String {
        var draft = World.forge.request(for: World.software, number: number)
        var members: DraftMembers = [:]
        members.append("client_id", .text(clientID))
        if let registeredAt { members.append("registered_at", .text(Timestamp.rfc3339(registeredAt))) }
        for (name, value) in existing { members.append(name, value) }
        draft.record.append("existing", .object(members))
        change(&draft)
        return try draft.line()
    }

    func drop(_ lines: [String], into place: Place, as stem: String = "m", id: String = "wave-1") throws {
        let text = lines.map { $0 + "\n" }.joined()
        let hash = SHA256Digest.of(Array(text.utf8)).hex
        let manifest = "{\"v\":1,\"batch_id\":\"\(id)\",\"mode\":\"migration\",\"sha256\":\"\(hash)\"}"
        try place.drop("\(stem).manifest.json", manifest)
        try place.drop("\(stem).ndjson", text)
    }

    func results(_ place: Place) throws -> [Migrated] {
        let name = try #require(place.names.first { $0.hasSuffix(".results.ndjson") })
        return try place.bytes(name).split(separator: UInt8(ascii: "\n")).map { try Migrated(Array($0)) }
    }

    @Test("keeps client_id, secret and date of a client, and tells each rule it judged as of then")
    func keeps() throws {
        let place = try place()
        let line = try record(existing: [("client_secret", .text(Self.secret))]) {
            Secrets.ask(&$0, for: "client_secret_basic")
        }
        try drop([line], into: place)
        try place.pass()
        let answer = try #require(try place.batchAnswers.first)
        #expect(answer.outcome == "accepted", "\(answer.findings)")
        #expect(answer.response?.clientId == Self.clientID)
        #expect(answer.response?.clientSecret == Self.secret)
        let result = try #require(try results(place).first)
        #expect(result.relaxations.map(\.rule) == ["R-074", "R-094"])
        #expect(result.relaxations.allSatisfy { $0.judgedAt == World.now && $0.evidence == "existing.registered_at" })
        #expect(result.existing?.clientId == Self.clientID && result.existing?.registeredAt == World.now)
        #expect(result.keyEvidence.map(\.role) == ["software_statement", "request"])
        #expect(
            result.keyEvidence.allSatisfy { $0.state == "active" && !$0.source.isEmpty && $0.spkiSha256.count == 64 }
        )
        let client = try #require(try place.clients.first)
        #expect(client.origin == .migrated && client.issuedAt == World.now && client.updatedAt == place.now)
        #expect(client.secretHash == HMACSHA256.tag(key: place.plan.secretKey, Array(Self.secret.utf8)))
    }

    @Test("lets no secret into the ledger or its log")
    func noSecret() throws {
        let place = try place()
        let line = try record(existing: [("client_secret", .text(Self.secret))]) {
            Secrets.ask(&$0, for: "client_secret_post")
        }
        try drop([line, try record(2, clientID: "x")], into: place)
        try place.pass()
        for name in place.folder.tree("") where name.contains("sqlite") {
            let bytes = Data(try place.folder.read(name))
            #expect(bytes.range(of: Data(Self.secret.utf8)) == nil, "the secret is in \(name)")
        }
    }

    @Test("keeps the bank's own hash where the record brings that, also over an update, and makes no secret")
    func hash() throws {
        let place = try place()
        let given = "$pbkdf2-sha256$i=25000,l=32$c2FsdA$aGFzaA"
        let line = try record(existing: [("client_secret_hash", .text(given))]) {
            Secrets.ask(&$0, for: "client_secret_basic")
        }
        try drop([line], into: place)
        try place.pass()
        let answer = try #require(try place.batchAnswers.first)
        #expect(answer.outcome == "accepted", "\(answer.findings)")
        #expect(answer.response?.clientSecret == nil)
        #expect(try results(place).first?.existing?.clientSecretHash == given)
        let client = try #require(try place.clients.first)
        #expect(client.givenHash == given && client.secretHash == nil)
        #expect(try update(place, number: 9, to: "client_secret_basic").givenHash == given)
        #expect(try update(place, number: 10, to: nil).givenHash == nil)
    }

    /// Updates the client at the place's time, to a method with a secret or to private_key_jwt.
    func update(_ place: Place, number: Int, to method: String?) throws -> ClientRecord {
        var draft = RequestForge(World.directory, now: place.now).request(for: World.software, number: number)
        if let method { Secrets.ask(&draft, for: method) }
        draft.record["operation"] = "update"
        draft.record.append("client_id", .text(Self.clientID))
        try place.drop("u\(number).json", try draft.line())
        try place.pass()
        let answer = try place.answer(to: "u\(number)")
        #expect(answer.http?.status == 200 && answer.response?.clientSecret == nil, "\(answer.findings)")
        return try #require(try place.clients.first)
    }

    @Test("of a client whose method has a secret needs that secret or its hash")
    func secretMissing() throws {
        let place = try place()
        try drop([try record { Secrets.ask(&$0, for: "client_secret_basic") }], into: place)
        try place.pass()
        #expect(try place.batchAnswers.first?.errors == ["R-156"])
        #expect(try place.clients.isEmpty)
    }

    @Test("without the bank's date relaxes nothing")
    func noDate() throws {
        let place = try place()
        try drop([try record(registeredAt: nil)], into: place)
        try place.pass()
        let answer = try #require(try place.batchAnswers.first)
        #expect(answer.errors == ["R-074", "R-094"])
        #expect(try results(place).first?.relaxations.isEmpty == true)
        #expect(try place.clients.isEmpty)
    }

    struct Date: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let registeredAt: Int64
        var maxHistory: Int64 = 2557 * MigrationTests.day
        let errors: [String]
    }

    static let dates = [
        Date(testDescription: "the moment of signing", registeredAt: World.now, errors: []),
        Date(testDescription: "a day before signing", registeredAt: World.now - day, errors: ["R-074", "R-094"]),
        Date(testDescription: "a day after the request expired", registeredAt: World.now + day, errors: ["R-094"]),
        Date(testDescription: "in the future", registeredAt: World.now + 201 * day, errors: ["R-002"]),
        Date(testDescription: "as old as is allowed", registeredAt: World.now, maxHistory: 200 * day, errors: []),
        Date(
            testDescription: "older than is allowed",
            registeredAt: World.now,
            maxHistory: 200 * day - 1,
            errors: ["R-074", "R-094"]
        ),
    ]

    @Test("judges by the bank's date, which must fit what was signed", arguments: dates)
    func date(_ row: Date) throws {
        let place = try place { $0.migration.maxHistory = row.maxHistory }
        try drop([try record(registeredAt: row.registeredAt)], into: place)
        try place.pass()
        let answer = try #require(try place.batchAnswers.first)
        #expect(answer.errors == row.errors, "\(answer.findings)")
        #expect(try place.clients.count == (row.errors.isEmpty ? 1 : 0))
    }

    // MARK: Once and for all

    @Test("refuses a client_id that the ledger has, living, deleted, or of the line before")
    func collision() throws {
        let place = try place { $0.duplicates = .many }
        try drop([try record(1), try record(2), try record(3, clientID: "gone")], into: place)
        try place.pass()
        #expect(try place.batchAnswers.map(\.outcome) == ["accepted", "rejected", "accepted"])
        #expect(try place.batchAnswers[1].errors == ["R-155"])
        try place.ledger.group(at: place.now) { group throws(LedgerError) in
            try group.clients.tombstone("gone", at: place.now)
        }
        try drop([try record(4), try record(5, clientID: "gone")], into: place, as: "n", id: "wave-2")
        try place.pass()
        let second = try #require(place.names.first { $0.hasPrefix("n.") && $0.hasSuffix(".results.ndjson") })
        #expect(try place.lines(second).map(\.errors) == [["R-155"], ["R-155"]])
        #expect(try place.clients.count == 2)
    }

    @Test("answers the same registration twice with a duplicate")
    func twice() throws {
        let place = try place()
        let line = try record()
        try drop([line, line], into: place)
        try place.pass()
        #expect(try place.batchAnswers.map(\.outcome) == ["accepted", "duplicate"])
        #expect(try place.clients.count == 1)
    }

    @Test("never replaces another client of the software")
    func updating() throws {
        let place = try place { $0.duplicates = .update }
        try drop([try record(1), try record(2, clientID: "second")], into: place)
        try place.pass()
        #expect(Set(try place.clients.map(\.clientID)) == [Self.clientID, "second"])
    }

    @Test("counts in the summary what was taken over and what was relaxed, also after a stop")
    func summary() throws {
        let place = try place()
        place.plan.groupRequests = 2
        try place.reopen()
        try drop(
            try (1...5).map { try record($0, clientID: "c-\($0)", registeredAt: $0 == 5 ? nil : World.now) },
            into: place
        )
        place.stop.set()
        _ = try? place.pass()
        try place.reopen()
        try place.pass()
        let name = try #require(place.names.first { $0.hasSuffix(".summary.json") })
        let summary = try MigrationSummary(try place.bytes(name))
        #expect(summary.mode == "migration")
        #expect(summary.migration == .init(clients: 4, relaxed: 4, relaxations: ["R-074": 4, "R-094": 4]))
        #expect(summary.outcomes["rejected"] == 1)
    }
}
