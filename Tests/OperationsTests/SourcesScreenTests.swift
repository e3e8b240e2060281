import Encoding
import Operations
import Testing

@Suite("The screen of sources")
struct SourcesScreenTests {
    private static let now: UnixTime = 1_795_356_127
    private static let names = ["directory", "organisation", "software", "crl"]

    private static func source(
        _ className: String,
        _ name: String,
        _ sign: SourceFacts.Sign,
        reach: UInt8 = 255,
        age: Int64? = 180
    ) -> SourceFacts {
        var source = SourceFacts(
            name: name,
            url: "https://keystore.example/\(name)",
            className: className,
            sign: sign,
            nextDue: now + 540
        )
        source.reach = reach
        source.lastGood = age.map { now - $0 }
        return source
    }

    private static var facts: SourcesFacts {
        var dead = source("organisation", "0015800001ZEZ3WAAX", .stale, reach: 0o374, age: 97_200)
        (dead.failures, dead.error, dead.nextDue) = (14, "timeout", now - 5)
        var held = source("software", "4W5rH0kTgqmQBMwLNsTx", .held)
        held.hold = SourceFacts.Hold(id: 7, rule: "empty", since: now - 60)
        let new = source("software", "newcomer", .never, reach: 0, age: nil)
        var directory = source("directory", "openbanking.jwks", .fresh)
        directory.etag = "\"5f1c\""
        var facts = SourcesFacts(
            now: now,
            generation: 418,
            sources: [directory, dead, new, held],
            classNames: names
        )
        var list = ListFacts(url: "http://ob.example/issuing.crl", entries: 5120)
        (list.issuer, list.number) = ("CN=OpenBanking Issuing CA,C=GB", "1400")
        (list.thisUpdate, list.nextUpdate) = (now - 7200, now + 252_000)
        facts.lists = [list, ListFacts(url: "http://ob.example/root.crl")]
        return facts
    }

    @Test("shows classes, lists and each source, worst first")
    func screen() {
        #expect(
            SourcesScreen(Self.facts).text == """
                CLASS         SOURCES  FRESH  STALE  NEVER  HELD  UNUSABLE  FAILING   OLDEST  NEXT DUE
                directory           1      1      0      0     0         0        0    3 min     9 min
                organisation        1      0      1      0     0         0        1  1 d 3 h       due
                software            2      0      0      1     1         0        0    3 min     9 min

                CRL                             NUMBER  ENTRIES  AGE  NEXT UPDATE
                CN=OpenBanking Issuing CA,C=GB    1400    5,120  2 h  2026-11-25T12:02:07Z (in 2 d 22 h)
                http://ob.example/root.crl           -        0    -  never fetched

                S  CLASS         REACH     LAST   NEXT  FAILS  SOURCE                ERROR
                !  software        377    3 min  9 min      0  4W5rH0kTgqmQBMwLNsTx  held.empty (hold 7)
                ?  software        000        -  9 min      0  newcomer              -
                +  organisation    374  1 d 3 h    due     14  0015800001ZEZ3WAAX    timeout
                *  directory       377    3 min  9 min      0  openbanking.jwks      -

                """
        )
    }

    @Test("explains its signs and shows validators and URLs when asked")
    func verbose() {
        let text = SourcesScreen(Self.facts, verbose: true).text
        for sign in SourceFacts.Sign.allCases { #expect(text.contains("\(sign.rawValue) \(sign.meaning)")) }
        #expect(text.contains("377 is all well"))
        #expect(text.contains("\"5f1c\"  https://keystore.example/openbanking.jwks\n"))
    }

    @Test("says so where there is no source")
    func empty() {
        let facts = SourcesFacts(now: Self.now, generation: 0, sources: [], classNames: Self.names)
        #expect(SourcesScreen(facts).text == "No source is known yet.\n")
    }

    @Test("prints nothing that moves a terminal's cursor")
    func hostile() {
        var source = Self.source("software", "a\u{1B}[2J", .stale)
        (source.error, source.etag, source.url) = ("x\ny", "\"\u{202E}\"", "https://k/\u{7}")
        let facts = SourcesFacts(now: Self.now, generation: 1, sources: [source], classNames: Self.names)
        let text = SourcesScreen(facts, verbose: true).text
        for character in ["\u{1B}", "\u{202E}", "\u{7}", "x\ny"] { #expect(!text.contains(character)) }
    }

    @Test("is one JSON object")
    func json() throws {
        let buffer = ByteBuffer()
        SourcesJSON.write(Self.facts, into: buffer)
        let document = JSONDocument(limits: .record)
        try document.parse(buffer.all)
        let root = document.root
        #expect(root["v"]?.integer == 1)
        #expect(root["generation"]?.integer == 418)
        let sources = root["sources"]?.elements.map { $0 } ?? []
        #expect(sources.compactMap { $0["state"]?.text?.string } == ["held", "never", "stale", "fresh"])
        #expect(sources.compactMap { $0["reach"]?.text?.string } == ["377", "000", "374", "377"])
        #expect(sources.first?["hold"]?["id"]?.integer == 7)
        #expect(sources.first?["hold"]?["rule"]?.text?.string == "empty")
        #expect(sources[1]["last_good"]?.isNull == true)
        #expect(sources[2]["failures"]?.integer == 14)
        #expect(sources[2]["error"]?.text?.string == "timeout")
        let classes = root["classes"]?.elements.map { $0["total"]?.integer ?? 0 } ?? []
        #expect(classes.reduce(0, +) == 4)
        let list = try #require(root["crls"]?.elements.map { $0 }.first)
        #expect(list["number"]?.text?.string == "1400")
        #expect(list["entries"]?.integer == 5120)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let goal: FreshnessGoal
        let behind: Int
        let isReached: Bool

        init(_ name: String, _ goal: FreshnessGoal, behind: Int, _ isReached: Bool) {
            testDescription = name
            self.goal = goal
            self.behind = behind
            self.isReached = isReached
        }
    }

    @Test(
        "knows when a wait is over",
        arguments: [
            Row("everything", FreshnessGoal(), behind: 3, false),
            Row("a class that is fresh", FreshnessGoal(classes: ["directory"]), behind: 0, true),
            Row("a class that is held or new", FreshnessGoal(classes: ["software"]), behind: 2, false),
            Row("a class nobody has", FreshnessGoal(classes: ["crl"]), behind: 0, false),
            Row("as old as allowed", FreshnessGoal(classes: ["directory"], maximumAge: .seconds(180)), behind: 0, true),
            Row("a second older", FreshnessGoal(classes: ["directory"], maximumAge: .seconds(179)), behind: 1, false),
        ]
    )
    func goal(_ row: Row) {
        let standing = row.goal.standing(Self.facts)
        #expect(standing.behind == row.behind)
        #expect(standing.isReached == row.isReached)
    }
}
