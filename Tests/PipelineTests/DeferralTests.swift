import Encoding
import Foundation
import Ledger
import OpenBanking
import Pipeline
import Simulator
import Spool
import Testing

/// Requests that come before their keys: they wait, and end by themselves.
@Suite("A request that waits for keys")
struct DeferralTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let path: String
        let kind: WantedKey.Kind
        var testDescription: String { name }
    }

    private static let softwareKeys = KeyStorePath.keys(World.software.organisation.id, World.software.id)

    static let rows: [Row] = {
        let (software, organisation) = (World.software.id, World.software.organisation.id)
        return [
            Row(name: "the directory's keys", path: KeyStorePath.directory, kind: .directory),
            Row(name: "the software's keys", path: softwareKeys, kind: .software),
            Row(
                name: "the software's revoked keys",
                path: KeyStorePath.revoked(organisation, software),
                kind: .softwareRevoked
            ),
            Row(
                name: "the organisation's revoked keys",
                path: KeyStorePath.revoked(organisation, organisation),
                kind: .organisationRevoked
            ),
            Row(name: "the revocation list", path: AuthorityPath.issuingList, kind: .crl),
        ]
    }()

    /// How requests come, and what they and their results are called.
    enum Form: String, CaseIterable, Sendable { case single, record, line }

    private func drop(
        _ form: Form,
        _ place: Place,
        _ item: ForgedItem? = nil
    ) throws -> (waiting: [String], final: String) {
        let item = try item ?? World.forge.item(of: World.software)
        let h16 = Place.h16(try #require(item.request))
        switch form {
        case .single:
            try place.drop(item, as: "w")
            return (["w.\(h16).jwt", "w.\(h16).pem"], "w.\(h16).accepted.json")
        case .record:
            try place.drop("w.json", item.line)
            return (["w.\(h16).json"], "w.\(h16).accepted.json")
        case .line:
            let text = "\(try World.forge.item(of: World.other, number: 5).line)\n\(item.line)\n"
            try place.drop("w.ndjson", text)
            return (["w.\(Place.h16(text)).2.json"], "w.\(Place.h16(text)).2.accepted.json")
        }
    }

    @Test("waits under its name and ends by itself, judged as of the time it came", arguments: rows, Form.allCases)
    func resolves(_ row: Row, _ form: Form) throws {
        let place = try Place(without: [row.path])
        let (waiting, final) = try drop(form, place)
        try place.pass()
        let isWantedByAll = row.kind == .directory || row.kind == .crl
        #expect(Set(place.lying(in: .deferred)).isSuperset(of: waiting))
        #expect(place.lying(in: .deferred).count == (form == .line && isWantedByAll ? 2 : waiting.count))
        #expect(!place.names.contains(final))
        #expect(place.isSettled)
        let wanted = try place.read { group throws(LedgerError) in try group.deferred.allDeferred() }.flatMap(\.wanted)
        #expect(wanted.contains { $0.kind == row.kind && $0.url.hasSuffix(row.path) })
        // An hour later the request itself has expired.
        place.now += 3600
        try place.publish(row.path)
        try place.pass()
        let answer = try place.answer(final)
        #expect(answer.outcome == "accepted", "\(answer.errors)")
        #expect(answer.evidence.arrivedAt == World.now)
        #expect(answer.evidence.decidedAt == World.now + 3600)
        #expect(place.lying(in: .deferred).isEmpty)
        #expect(place.isSettled)
        #expect(try place.ledger.summary(at: place.now).waiting == 0)
        #expect(try place.clients.count == (form == .line ? 2 : 1))
    }

    @Test("as a line it is written as deferred, and its batch is complete", arguments: [1, 1024])
    func batch(_ group: Int) throws {
        let place = try Place(without: [Self.softwareKeys]) { plan in plan.groupRequests = group }
        _ = try drop(.line, place)
        try place.pass()
        let answers = try place.batchAnswers
        #expect(answers.map(\.outcome) == ["accepted", "deferred"])
        #expect(answers[1].http == nil)
        #expect(answers[1].findings.contains { $0.severity == "deferral" })
        #expect(try place.batchSummary.outcomes["deferred"] == 1)
    }

    @Test("a key its set does not show waits until the set was fetched after it came, then it is refused")
    func unknownKey() throws {
        let place = try Place()
        try place.folder.copy(World.prepared / "mirror", to: "mirror")
        try place.drop(try World.forge.item(.unpublishedSoftwareKey), as: "w")
        try place.pass()
        #expect(place.names.isEmpty)
        #expect(place.lying(in: .deferred).count == 2)
        place.now += 120
        try place.refresh()
        try place.pass()
        #expect(try place.answer(to: "w").outcome == "rejected")
        #expect(place.lying(in: .deferred).isEmpty)
    }

    @Test("the same bytes dropped while they wait are a duplicate of what waits")
    func duplicate() throws {
        let place = try Place(without: [Self.softwareKeys])
        let item = try World.forge.item(of: World.software)
        let (waiting, final) = try drop(.single, place, item)
        try place.pass()
        try place.drop(item, as: "again")
        try place.pass()
        #expect(try place.answer(to: "again").duplicateOf?.outcome == "deferred")
        #expect(place.lying(in: .deferred) == waiting)
        try place.publish(Self.softwareKeys)
        try place.pass()
        #expect(try place.answer(final).outcome == "accepted")
        #expect(try place.clients.count == 1)
    }

    @Test("two that wait with one jti: one is issued, the other is its duplicate")
    func oneJTI() throws {
        let place = try Place(without: [Self.softwareKeys])
        let draft = World.forge.request(for: World.software, number: 1)
        var other = draft
        other.claims["scope"] = "openid accounts"
        try place.drop("w1.json", try draft.line())
        try place.drop("w2.json", try other.line())
        try place.pass()
        #expect(place.lying(in: .deferred).count == 2)
        try place.publish(Self.softwareKeys)
        try place.pass()
        #expect(try ["w1", "w2"].map { try place.answer(to: $0).outcome }.sorted() == ["accepted", "duplicate"])
        #expect(try place.clients.count == 1)
        #expect(place.lying(in: .deferred).isEmpty)
    }

    @Test("the pause between two tries doubles up to the longest")
    func pause() throws {
        let place = try Place(without: [Self.softwareKeys]) { plan in plan.retryPause = (30, 200) }
        _ = try drop(.single, place)
        try place.pass()
        var pauses: [Int64] = []
        for _ in 1...5 {
            let all = try place.read { group throws(LedgerError) in try group.deferred.allDeferred() }
            let entry = try #require(all.first)
            pauses.append(entry.nextTryAt - place.now)
            #expect(entry.attempts == pauses.count)
            #expect(entry.firstDeferredAt == World.now)
            place.now = entry.nextTryAt - 1
            #expect(try place.pass().requests == 0, "tried too early")
            place.now = entry.nextTryAt
            #expect(try place.pass().requests == 1)
        }
        #expect(pauses == [30, 60, 120, 200, 200])
    }

    @Test("after its time it ends as deferred with 503; dropped again it is judged anew", arguments: Form.allCases)
    func expires(_ form: Form) throws {
        let place = try Place(without: [Self.softwareKeys]) { plan in plan.retryFor = 600 }
        let item = try World.forge.item(of: World.software)
        let (_, final) = try drop(form, place, item)
        let expired = final.replacing("accepted", with: "deferred")
        try place.pass()
        place.now += 601
        try place.reopen()
        try place.pass()
        let answer = try place.answer(expired)
        let bytes = try place.bytes(expired)
        #expect(answer.outcome == "deferred")
        #expect(answer.http?.status == 503)
        #expect(place.lying(in: .deferred).isEmpty)
        #expect(try place.ledger.summary(at: place.now).waiting == 0)
        // Once more in vain, under the same name on the same day.
        if form == .line { try place.drop("x.ndjson", item.line) } else { try place.drop("w.json", item.line) }
        try place.pass()
        #expect(place.lying(in: .deferred).count == 1)
        place.now += 601
        try place.reopen()
        try place.pass()
        #expect(place.lying(in: .deferred).isEmpty)
        #expect(try place.bytes(expired) == bytes, "a visible result never changes")
        // At last with keys; by now it is too old.
        try place.publish(Self.softwareKeys)
        try place.drop("z.json", item.line)
        try place.pass()
        #expect(try place.answer(to: "z").outcome == "accepted")
        #expect(place.isSettled)
    }

    @Test("waits no more once its file cannot be read any more, or was taken away", arguments: ["link", "gone"])
    func lost(_ how: String) throws {
        let place = try Place(without: [KeyStorePath.directory])
        try place.drop("w.json", try World.forge.item(of: World.software).line)
        try place.pass()
        let name = try #require(place.lying(in: .deferred).first)
        #expect(try place.ledger.summary(at: place.now).waiting == 1)
        let path = place.folder / "spool/deferred/\(name)"
        if how == "link" {
            try FileManager.default.linkItem(atPath: path, toPath: place.folder / "second-name")
        } else {
            try FileManager.default.removeItem(atPath: path)
        }
        place.now += 3600
        #expect(try place.pass().failed.map(\.name) == [name])
        #expect(try place.ledger.summary(at: place.now).waiting == 0)
        place.now += 3600
        #expect(try place.pass().failed.isEmpty)
    }
}
