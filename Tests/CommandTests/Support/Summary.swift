import Encoding
import OpenBanking
import Testing

/// What `process --json` says.
struct Summary {
    var outcomes: [Outcome: Int] = [:]
    let keys: String
    let waiting: Int

    init(_ text: String) throws {
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(text))
        #expect(document.root["v"]?.integer == 1)
        let counts = try #require(document.root["outcomes"], "\(text)")
        for outcome in Outcome.allCases { outcomes[outcome] = Int(try #require(counts[outcome.rawValue]?.integer)) }
        keys = try #require(document.root["keys"]?["state"]?.text).string
        waiting = Int(try #require(document.root["waiting"]?.integer))
    }
}
