import Foundation
import Ledger
import OpenBanking
import Pipeline
import Simulator
import Testing

/// What a result tells the bank's own systems to do, and the environment it says its credentials are of.
@Suite("Beside the answer, a result")
struct InstructionTests {
    /// What any result may say to the bank's systems, read by a reader that is not ours.
    private struct Told: Decodable {
        struct Instruction: Decodable, Equatable {
            var `do`: String
            var client_id: String
            var issued_until: Int64?
        }
        struct Evidence: Decodable { var environment: String? }
        var instructions: [Instruction]?
        var evidence: Evidence
    }

    private func told(_ place: Place, _ stem: String) throws -> Told {
        let name = try #require(place.names.first { $0.hasPrefix(stem + ".") })
        return try JSONDecoder().decode(Told.self, from: Data(place.bytes(name)))
    }

    private func record(_ operation: String, _ client: String, of software: SimulatedSoftware) -> String {
        var record = World.forge.record("op-\(operation)", channel: "dcr")
        record["operation"] = .text(operation)
        record.append("client_id", .text(client))
        record.append("transport_certificate", .text(software.transport.certificatePEM))
        return record.json
    }

    private func registered() throws -> (Place, String) {
        let place = try Place()
        try place.drop("first.json", try World.forge.request(for: World.software, number: 1).line())
        try place.pass()
        return (place, try #require(try place.clients.first?.clientID))
    }

    @Test("of a delete names the client whose tokens are to end, and until when they were issued")
    func delete() throws {
        let (place, client) = try registered()
        #expect(try told(place, "first").instructions == nil)
        place.now += 60
        try place.drop("bye.json", record("delete", client, of: World.software))
        try place.pass()
        let wanted = Told.Instruction(do: "invalidate_tokens", client_id: client, issued_until: place.now)
        #expect(try told(place, "bye").instructions == [wanted])
    }

    @Test("with 401 has the caller's token revoked, alike for unknown, deleted and other people's clients")
    func unauthorised() throws {
        let (place, client) = try registered()
        try place.drop("foreign.json", record("read", client, of: World.other))
        try place.drop("unknown.json", record("read", "nobodys-client", of: World.software))
        try place.pass()
        try place.drop("bye.json", record("delete", client, of: World.software))
        try place.pass()
        try place.drop("gone.json", record("read", client, of: World.software))
        try place.pass()
        for (stem, id) in [("foreign", client), ("unknown", "nobodys-client"), ("gone", client)] {
            #expect(try place.answer(to: stem).http?.status == 401)
            let wanted = Told.Instruction(do: "revoke_callers_token", client_id: id, issued_until: nil)
            #expect(try told(place, stem).instructions == [wanted], "\(stem)")
        }
    }

    @Test("says whose credentials these are")
    func environment() throws {
        let (place, _) = try registered()
        #expect(try told(place, "first").evidence.environment == "sandbox")
        #expect(try place.clients.map(\.environment) == [.sandbox])
    }

    @Test("of a manual registration is refused where other credentials are asked for than the statement's")
    func otherEnvironment() throws {
        let place = try Place()
        var draft = World.forge.manual(for: World.software, number: 2)
        draft.record.append("environment", "production")
        try place.drop("m.json", try draft.line())
        try place.pass()
        #expect(try place.answer(to: "m").errors == ["R-151"])
        #expect(try place.clients.isEmpty)
    }
}
