import Crypto
import Foundation
import Ledger
import Pipeline
import Rules
import Simulator
import Testing

/// Client secrets: only where they are asked for, and nowhere but in results.
@Suite("A client secret")
struct SecretTests {
    @Test("is given for methods that have one, and for no other")
    func onlySecretMethods() throws {
        let place = try Place(policy: Secrets.offer)
        for (number, method) in Secrets.methods.enumerated() {
            var draft = World.forge.request(for: World.software, number: number)
            Secrets.ask(&draft, for: method)
            try place.drop("\(method).json", try draft.line())
        }
        try place.drop(try World.forge.item(of: World.software, .privateKeyJWT, number: 10), as: "key")
        try place.drop(try World.forge.item(of: World.software, .subjectByName, number: 11), as: "tls")
        try place.pass()
        for method in Secrets.methods {
            let answer = try place.answer(to: method)
            let secret = try #require(answer.response?.clientSecret, "\(answer.findings)")
            #expect(secret.wholeMatch(of: /[A-Za-z0-9_-]{32}/) != nil)
            #expect(answer.response?.clientSecretExpiresAt == 0)
        }
        for stem in ["key", "tls"] {
            let answer = try place.answer(to: stem)
            #expect(answer.outcome == "accepted")
            #expect(answer.response?.clientSecret == nil && answer.response?.clientSecretExpiresAt == nil)
        }
    }

    @Test("is in no database, no log of one and no archive; the ledger has its keyed hash")
    func nowhere() throws {
        let place = try Place(policy: Secrets.offer)
        for number in 1...20 {
            var draft = World.forge.request(for: World.software, number: number)
            Secrets.ask(&draft, for: Secrets.methods[number % 2])
            try place.drop("s\(number).json", try draft.line())
        }
        try place.pass()
        let secrets = try place.answers.map { try #require($0.response?.clientSecret) }
        #expect(Set(secrets).count == 20)
        #expect(place.folder.tree("").contains("ledger.sqlite-wal"))
        try expectNone(of: secrets, in: place)
        try place.ledger.checkpoint()
        try expectNone(of: secrets, in: place)
        let hashes = Set(try place.clients.compactMap(\.secretHash))
        #expect(hashes == Set(secrets.map { HMACSHA256.tag(key: place.plan.secretKey, Array($0.utf8)) }))
    }

    private func expectNone(of secrets: [String], in place: Place) throws {
        for name in place.folder.tree("") where !name.hasPrefix("spool/results/") {
            let bytes = Data(try place.folder.read(name))
            for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil, "a secret is in \(name)") }
            #expect(bytes.range(of: Data(place.plan.secretKey)) == nil, "the key is in \(name)")
        }
    }
}
