import Ledger
import Rules
import Simulator
import Testing

/// What the bank decided about a further registration of the same software.
@Suite("A second registration of one software")
struct PolicyTests {
    private func drop(_ numbers: [Int], _ place: Place, as form: String) throws {
        let items = try numbers.map { try World.forge.item(of: World.software, number: $0) }
        if form == "lines" {
            try place.drop("b\(numbers[0]).ndjson", items.map(\.line).joined(separator: "\n"))
        } else {
            for item in items { try place.drop(item) }
        }
    }

    @Test("many: each gets a client", arguments: ["lines", "files"])
    func many(_ form: String) throws {
        let place = try Place(policy: { $0.duplicates = .many })
        try drop([1, 2, 3], place, as: form)
        try place.pass()
        #expect(try place.clients.count == 3)
        #expect(try place.answers.map { $0.http?.status } == [201, 201, 201])
    }

    @Test("refuse: the first only, in one group and in two passes", arguments: ["lines", "files"])
    func refuse(_ form: String) throws {
        let place = try Place(policy: { $0.duplicates = .refuse })
        try drop([1, 2], place, as: form)
        try place.pass()
        try drop([3], place, as: form)
        try place.pass()
        #expect(try place.clients.count == 1)
        let answers = try place.answers
        #expect(answers.map(\.outcome).sorted() == ["accepted", "rejected", "rejected"])
        for answer in answers where answer.outcome == "rejected" {
            #expect(answer.errors == ["R-101"])
            #expect(answer.http?.status == 400)
            #expect(answer.response?.error == "invalid_client_metadata")
            #expect(answer.response?.clientId == nil)
        }
    }

    @Test("update: the first is replaced and its id stays", arguments: ["lines", "files"])
    func update(_ form: String) throws {
        let place = try Place(policy: { $0.duplicates = .update })
        try drop([1, 2], place, as: form)
        try place.pass()
        try drop([3], place, as: form)
        place.now += 60
        try place.pass()
        let client = try #require(try place.clients.first)
        #expect(try place.clients.count == 1)
        let answers = try place.answers
        #expect(answers.compactMap { $0.http?.status }.sorted() == [200, 200, 201])
        #expect(Set(answers.compactMap { $0.response?.clientId }) == [client.clientID])
        #expect(client.updatedAt == World.now + 60)
    }
}
