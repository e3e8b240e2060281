import Encoding
import Ledger
import OpenBanking
import Pipeline
import Rules
import Simulator
import Spool
import Testing

/// Update, delete and read of a client that exists, and of one that does not.
@Suite("An operation on a client")
struct OperationTests {
    /// A place where a client of ``World/software`` is registered, and the client's id and secret.
    private func registered(
        _ policy: (inout Policy) -> Void = { _ in },
        method: String? = nil
    ) throws -> (place: Place, client: String, secret: String?) {
        let place = try Place(policy: policy)
        var draft = World.forge.request(for: World.software, number: 1)
        if let method { Secrets.ask(&draft, for: method) }
        try place.drop("first.json", try draft.line())
        try place.pass()
        let answer = try place.answer(to: "first")
        return (place, try #require(answer.response?.clientId, "\(answer.findings)"), answer.response?.clientSecret)
    }

    private func record(
        _ operation: String,
        _ client: String,
        of software: SimulatedSoftware,
        _ change: (inout RequestDraft) -> Void = { _ in }
    ) throws -> String {
        var draft = World.forge.request(for: software, number: 50)
        change(&draft)
        draft.record["operation"] = .text(operation)
        draft.record["client_id"] = .text(client)
        if operation == "update" { return try draft.line() }
        draft.record.append("transport_certificate", .text(software.transport.certificatePEM))
        return draft.record.json
    }

    /// The lines of the audit trail.
    private func audit(_ place: Place) throws -> [String] {
        var lines: [String] = []
        try place.read { group throws(LedgerError) in
            try group.audit.forEach { line throws(LedgerError) in
                lines.append(line.text)
                return true
            }
        }
        return lines
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let operation: String
        let status: Int
        var testDescription: String { operation }
    }

    static let rows = [
        Row(operation: "update", status: 200), Row(operation: "delete", status: 204),
        Row(operation: "read", status: 200),
    ]

    @Test("by its owner is carried out, and the audit says for which client", arguments: rows)
    func owner(_ row: Row) throws {
        let (place, client, _) = try registered()
        try place.drop("op.json", try record(row.operation, client, of: World.software))
        place.now += 60
        try place.pass()
        let answer = try place.answer(to: "op")
        #expect(answer.outcome == "accepted", "\(answer.findings)")
        #expect(answer.http?.status == row.status)
        #expect((answer.response?.clientId == client) == (row.operation != "delete"))
        let stored = try #require(try place.clients.first)
        #expect(try place.clients.count == 1)
        #expect(stored.isDeleted == (row.operation == "delete"))
        #expect((stored.updatedAt == place.now) == (row.operation != "read"))
        #expect(try audit(place).last?.contains(client) == true)
    }

    @Test("by another organisation is refused with 401, and nothing changes", arguments: rows)
    func otherOwner(_ row: Row) throws {
        let (place, client, _) = try registered()
        let before = try place.clients
        try place.drop("op.json", try record(row.operation, client, of: World.other))
        try place.pass()
        let answer = try place.answer(to: "op")
        #expect(answer.outcome == "rejected")
        #expect(answer.http?.status == 401)
        #expect(answer.response == nil)
        #expect(answer.errors.contains("R-141"))
        #expect(try place.clients == before)
    }

    @Test("by another organisation is refused with 403, where the bank wants it", arguments: rows)
    func otherOwnerForbidden(_ row: Row) throws {
        let (place, client, _) = try registered({ $0.foreignClientStatus = 403 })
        try place.drop("op.json", try record(row.operation, client, of: World.other))
        try place.pass()
        let answer = try place.answer(to: "op")
        #expect(answer.http?.status == 403 && answer.errors.contains("R-141"))
    }

    @Test("that the bank switched off is refused with 405, and what it offers there is named", arguments: rows)
    func switchedOff(_ row: Row) throws {
        let operation = try #require(Operation(rawValue: row.operation))
        let (place, client, _) = try registered({ $0.operations.remove(operation) })
        let before = try place.clients
        try place.drop("op.json", try record(row.operation, client, of: World.software))
        try place.pass()
        let answer = try place.answer(to: "op")
        #expect(answer.outcome == "rejected" && answer.errors == ["R-146"])
        #expect(answer.http?.status == 405 && answer.response == nil)
        let offered = [("read", "GET"), ("update", "PUT"), ("delete", "DELETE")].filter { $0.0 != row.operation }
        #expect(answer.http?.headers?["Allow"] == offered.map(\.1).joined(separator: ", "))
        #expect(try place.clients == before)
    }

    @Test("on a client nobody knows is refused with 401", arguments: rows)
    func unknown(_ row: Row) throws {
        let (place, _, _) = try registered()
        let client = "00000000-0000-4000-8000-000000000000"
        try place.drop("op.json", try record(row.operation, client, of: World.software))
        try place.pass()
        let answer = try place.answer(to: "op")
        #expect(answer.http?.status == 401)
        #expect(answer.errors.contains("R-140"))
    }

    @Test("on a client that was deleted is refused with 401", arguments: rows)
    func deleted(_ row: Row) throws {
        let (place, client, _) = try registered()
        try place.drop("bye.json", try record("delete", client, of: World.software))
        try place.pass()
        try place.drop("op.json", try record(row.operation, client, of: World.software) + " ")
        try place.pass()
        #expect(try place.answer(to: "op").http?.status == 401)
        #expect(try place.clients.allSatisfy { $0.isDeleted })
    }

    @Test("that comes again is a duplicate, which names the client and the file of the answer", arguments: rows)
    func repeated(_ row: Row) throws {
        let (place, client, _) = try registered()
        let line = try record(row.operation, client, of: World.software)
        try place.drop("op.json", line)
        try place.pass()
        try place.drop("again.json", line)
        try place.pass()
        let prior = try #require(try place.answer(to: "again").duplicateOf)
        #expect(prior.clientId == client)
        #expect(place.has(prior.result), "\(prior.result) is not there")
    }

    @Test("that was refused is remembered by the file that says so", arguments: rows)
    func refused(_ row: Row) throws {
        let (place, client, _) = try registered()
        let line = try record(row.operation, client, of: World.other)
        try place.drop("op.json", line)
        try place.pass()
        try place.drop("again.json", line)
        try place.pass()
        let prior = try #require(try place.answer(to: "again").duplicateOf)
        #expect(prior.outcome == "rejected")
        #expect(place.has(prior.result), "\(prior.result) is not there")
    }

    @Test("as a line of a batch is answered in its place")
    func lines() throws {
        let (place, client, _) = try registered()
        let lines = [
            try record("read", client, of: World.software), try record("update", client, of: World.software),
            try record("delete", client, of: World.other), try record("delete", client, of: World.software),
        ]
        try place.drop("ops.ndjson", lines.joined(separator: "\n"))
        try place.pass()
        #expect(try place.batchAnswers.map { $0.http?.status } == [200, 200, 401, 204])
    }

    // MARK: Secrets

    @Test("update keeps the secret and does not show it again")
    func keepsSecret() throws {
        let (place, client, secret) = try registered(Secrets.offer, method: "client_secret_basic")
        let before = try #require(try place.clients.first?.secretHash)
        #expect(secret != nil)
        let line = try record("update", client, of: World.software) { Secrets.ask(&$0, for: "client_secret_basic") }
        try place.drop("op.json", line)
        try place.pass()
        let answer = try place.answer(to: "op")
        #expect(answer.http?.status == 200, "\(answer.findings)")
        #expect(answer.response?.clientSecret == nil)
        #expect(try place.clients.first?.secretHash == before)
    }

    @Test("update to a method without a secret takes it away")
    func dropsSecret() throws {
        let (place, client, _) = try registered(Secrets.offer, method: "client_secret_basic")
        try place.drop("op.json", try record("update", client, of: World.software))
        try place.pass()
        #expect(try place.answer(to: "op").http?.status == 200)
        #expect(try place.clients.first?.secretHash == nil)
    }

    @Test("update to a method with a secret gives one")
    func givesSecret() throws {
        let (place, client, none) = try registered(Secrets.offer)
        #expect(none == nil)
        let line = try record("update", client, of: World.software) { Secrets.ask(&$0, for: "client_secret_post") }
        try place.drop("op.json", line)
        try place.pass()
        let answer = try place.answer(to: "op")
        #expect(answer.response?.clientSecret?.utf8.count == 32, "\(answer.findings)")
        #expect(answer.response?.clientSecretExpiresAt == 0)
        #expect(try place.clients.first?.secretHash != nil)
    }
}
