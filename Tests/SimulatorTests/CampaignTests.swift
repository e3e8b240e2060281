import Encoding
import OpenBanking
import Simulator
import Testing

@Suite("Campaigns")
struct CampaignTests {
    @Test("a campaign holds what was asked for, in one order for one seed")
    func layout() throws {
        let forge = RequestForge(try Directories.sandbox.get())
        let campaign = try Campaign(forge, count: 100, faults: Campaign.evenly(1))
        #expect(campaign.items.count == 100)
        #expect(Set(campaign.items.compactMap(\.fault)) == Set(ForgedFault.allCases))
        #expect(campaign.expected[.accepted] == 100 - ForgedFault.allCases.count)
        #expect(campaign.expected[.deferred] == 2)
        #expect(campaign.expected[.malformed] == 2)
        #expect(Set(campaign.items.map(\.name)).count == 100)
        #expect(Set(campaign.items.filter { $0.fault == nil }.map(\.manner)) == Set(RegistrationManner.allCases))
        let again = try Campaign(forge, count: 100, faults: Campaign.evenly(1))
        #expect(again.items.map(\.name) == campaign.items.map(\.name))
    }

    @Test("bulk text has one strict record a line, singles their files")
    func files() throws {
        let forge = RequestForge(try Directories.sandbox.get())
        let campaign = try Campaign(forge, count: 12, faults: [.notAssociated: 1])
        let lines = campaign.bulk.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 12)
        let document = JSONDocument(limits: .record)
        for (line, item) in zip(lines, campaign.items) {
            try document.parse(Array(line))
            #expect(document.root["ref"]?.text?.string == item.name)
        }
        let folder = try TemporaryFolder()
        try campaign.writeSingles(to: folder.path + "/incoming")
        try campaign.writeBulk(to: folder.path + "/bulk/batch.ndjson")
        #expect(try folder.read("bulk/batch.ndjson") == campaign.bulk)
        for item in campaign.items {
            let text = try folder.read("incoming/\(item.name).\(item.request == nil ? "json" : "jwt")")
            #expect(text == Array((item.request ?? item.line).utf8))
        }
    }

    @Test("a draft's claims can be changed, dropped and doubled")
    func drafts() throws {
        let directory = try Directories.sandbox.get()
        var draft = RequestForge(directory).request(for: directory.software[0])
        draft.claims["aud"] = nil
        draft.claims["iss"] = "someone"
        draft.claims.append("iss", .raw("1.50"))
        draft.statement.claims["org_status"] = "Withdrawn"
        let parts = try draft.compact().split(separator: ".")
        let claims = String(decoding: try Base64URL.decode(String(parts[1])), as: UTF8.self)
        #expect(claims.hasPrefix("{\"iss\":\"someone\",\"iat\":"))
        #expect(claims.hasSuffix("\"iss\":1.50}"))
        #expect(!claims.contains("\"aud\""))
    }
}
