import Encoding
import Foundation
import Ledger
import Testing

@testable import Exports

@Suite("Exports: secrets")
struct SecretTests {
    typealias Place = ExportPlace

    private static func order(_ format: ExportFormat = .hydra) -> ExportOrder {
        var order = ExportOrder(format: format, chunk: 100)
        order.hasSecrets = true
        return order
    }

    private static func tally(_ outcome: ExportOutcome) throws -> ExportTally {
        guard case .made(let tally) = outcome else {
            Issue.record("nothing was made: \(outcome)")
            throw CancellationError()
        }
        return tally
    }

    private static func text(_ place: Place) throws -> String {
        try place.names.map { try place.text($0) }.joined()
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let result: String?
        let reason: WithheldReason?

        init(_ description: String, _ result: String?, _ reason: WithheldReason?) {
            (testDescription, self.result, self.reason) = (description, result, reason)
        }
    }

    @Test(
        "a secret is taken from its result and proven by the ledger's hash",
        arguments: [
            Row("the right one", Place.result("c1", secret: "right"), nil),
            Row("another one", Place.result("c1", secret: "wrong"), .secretMismatch),
            Row("that of another client", Place.result("c2", secret: "right"), .secretMismatch),
            Row("no result", nil, .resultMissing), Row("no JSON", "{", .resultMissing),
            Row("a sealed one without a key", "{\"sealed\":\"a.b.c.d.e\"}", .sealed),
        ]
    )
    func proof(_ row: Row) throws {
        let place = try Place()
        try place.issue([Place.client("c1", method: "client_secret_basic", secret: "right")])
        if let result = row.result { try place.write(result, to: "spool/results/2026-11-22/c1.json") }
        try place.write("", to: "spool/results/.keep")
        let tally = try Self.tally(try place.export(Self.order(), secrets: true))
        #expect(tally.withheld == (row.reason.map { [$0: 1] } ?? [:]))
        #expect(tally.clients == (row.reason == nil ? 1 : 0))
        #expect(tally.isRecorded == (row.reason == nil))
        #expect(try Self.text(place).contains("\"client_secret\":\"right\"") == (row.reason == nil))
        #expect(!(try Self.text(place).contains("wrong")))
    }

    @Test("a sealed result is opened with the key that was given")
    func sealed() throws {
        let place = try Place()
        try place.issue([Place.client("c1", method: "client_secret_basic", secret: "right")])
        try place.write("{\"sealed\":\"a.b.c.d.e\"}", to: "spool/results/2026-11-22/c1.json")
        let tally = try Self.tally(
            try place.export(Self.order(), secrets: true) { _ in
                ByteSlice("{\"client_id\":\"c1\",\"client_secret\":\"right\"}")
            }
        )
        #expect(tally.clients == 1)
    }

    @Test("a file with secrets is its owner's alone")
    func modes() throws {
        let place = try Place()
        try place.issue([Place.client("c1", method: "client_secret_basic", secret: "right")])
        try place.write(Place.result("c1", secret: "right"), to: "spool/c1.json")
        _ = try place.export(Self.order(), secrets: true)
        let name = try #require(place.names.first { $0.hasSuffix("00001.json") })
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(place.folder)/\(name)")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test("secrets of a batch are found by line, forwards and backwards")
    func lines() throws {
        let place = try Place()
        let count = 1500
        let clients = (1...count).map {
            Place.client("c\(100_000 + $0)", method: "client_secret_post", secret: "secret-\($0)")
        }
        let name = "results/2026-11-22/b.0123456789abcdef.results.ndjson"
        try place.issue(clients, results: name)
        var text = ""
        for (index, client) in clients.enumerated() {
            text += Place.result(client.clientID, secret: "secret-\(index + 1)") + "\n"
        }
        try place.write(text, to: "spool/\(name)")
        let tally = try Self.tally(try place.export(Self.order(.rfc7591), secrets: true))
        #expect(tally.clients == count)
        let lines = try #require(try ResultLines("\(place.spool)/\(name)", name: name))
        for number in [1500, 1, 700, 699, 257, 256, 1024, 1500, 2] {
            let line = try #require(try lines.line(number)).string
            #expect(line.contains("\"secret-\(number)\""))
        }
        #expect(try lines.line(1501) == nil)
        #expect(try lines.line(0) == nil)
        #expect(try #require(try lines.line(3)).string.contains("\"secret-3\""))
    }

    @Test("without being asked no secret is looked for, and a server that would make up its own gets no such client")
    func notAsked() throws {
        let place = try Place()
        try place.issue([
            Place.client("c1", method: "client_secret_basic", secret: "right"), Place.client("c2"),
        ])
        try place.write(Place.result("c1", secret: "right"), to: "spool/results/2026-11-22/c1.json")
        let tally = try Self.tally(try place.export(ExportOrder(format: .keycloak, chunk: 10)))
        #expect(tally.clients == 1 && tally.withheld == [.secretNeeded: 1] && !tally.isRecorded)
        var skipping = ExportOrder(format: .keycloak, chunk: 10)
        skipping.skipsSecretClients = true
        let second = try Self.tally(try place.export(skipping))
        #expect(second.clients == 1 && second.withheld.isEmpty && second.isRecorded)
        #expect(try Self.tally(try place.export(ExportOrder(format: .csv, chunk: 10))).clients == 2)
        #expect(!(try Self.text(place).contains("right")))
    }

    @Test("a client that authenticates otherwise has no secret, whatever its result says")
    func otherMethods() throws {
        let place = try Place()
        try place.issue([Place.client("c1"), Place.client("c2", method: "tls_client_auth")])
        for id in ["c1", "c2"] {
            try place.write(Place.result(id, secret: "planted"), to: "spool/results/2026-11-22/\(id).json")
        }
        let tally = try Self.tally(try place.export(Self.order(.rfc7591), secrets: true))
        #expect(tally.clients == 2)
        #expect(!(try Self.text(place).contains("planted")))
    }

    @Test("what the bank brought as a hash cannot be exported as a secret")
    func onlyHash() throws {
        let place = try Place()
        var client = Place.client("c1", method: "client_secret_basic")
        client.givenHash = "{pbkdf2}abc"
        try place.issue([client])
        #expect(try Self.tally(try place.export(Self.order(), secrets: true)).withheld == [.onlyHashKnown: 1])
    }

    @Test("a server is not given what it cannot hold", arguments: [ExportFormat.hydra, .glewlwyd])
    func unsupported(_ format: ExportFormat) throws {
        let place = try Place()
        try place.issue([Place.client("c1", method: "tls_client_auth")])
        let tally = try Self.tally(try place.export(Self.order(format)))
        #expect(tally.withheld == [.methodUnsupported: 1])
        #expect(tally.isRecorded)
    }
}
