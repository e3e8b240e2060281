import Encoding
import Operations
import Testing

@testable import KeyCache
@testable import Refresh

@Suite("A change of a source's state")
struct SourceChangeTests {
    /// A source last good at 1000, fresh until 2000, usable until 3000.
    private func source(attempt: UnixTime?, failures: Int = 0, isNew: Bool = false) -> Source {
        Source(
            id: 1,
            url: "https://keystore.test/a.jwks",
            class: .software,
            environment: nil,
            organisationID: nil,
            softwareID: nil,
            origin: .configuration,
            etag: nil,
            lastModified: nil,
            lastAttempt: attempt,
            lastSuccess: isNew ? nil : 1000,
            lastChange: nil,
            freshUntil: isNew ? nil : 2000,
            usableUntil: isNew ? nil : 3000,
            nextDue: 4000,
            failureCount: failures,
            reach: 0,
            lastError: nil,
            contentGeneration: 1
        )
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var time: UnixTime
        var failures = 0
        var isHeld = false
        var isNew = false
        var health: SourceHealth
        var testDescription: String { name }
    }

    @Test(
        "is between states of health",
        arguments: [
            Row(name: "never fetched", time: 1500, isNew: true, health: .never),
            Row(name: "never fetched, failing", time: 1500, failures: 3, isNew: true, health: .never),
            Row(name: "good", time: 1999, health: .ok),
            Row(name: "one failure", time: 1999, failures: 1, health: .failing),
            Row(name: "past its fresh time", time: 2000, failures: 1, health: .stale),
            Row(name: "past its use", time: 3000, failures: 9, health: .unusable),
            Row(name: "held", time: 1500, isHeld: true, health: .held),
            Row(name: "held and stale", time: 2500, isHeld: true, health: .held),
            Row(name: "held past its use", time: 3000, isHeld: true, health: .unusable),
        ]
    )
    func health(_ row: Row) {
        let source = source(attempt: 1000, failures: row.failures, isNew: row.isNew)
        #expect(SourceHealth(source, isHeld: row.isHeld, at: row.time) == row.health)
    }

    private func compare(_ before: Source, _ after: Source, at time: UnixTime) -> SourceChange? {
        SourceChange(
            before: before,
            wasHeld: false,
            after: after,
            isHeld: false,
            code: "timeout",
            reason: "timeout after 10 s",
            at: time
        )
    }

    @Test("is told once: failing, then stale, then no more")
    func once() throws {
        let (good, failing) = (source(attempt: 1000), source(attempt: 1900, failures: 1))
        #expect(try #require(compare(good, failing, at: 1900)).to == .failing)
        // The same row, an attempt later: it has grown old in between.
        let later = source(attempt: 2100, failures: 2)
        let stale = try #require(compare(failing, later, at: 2100))
        #expect(stale.from == .failing && stale.to == .stale && !stale.isRecovery)
        #expect(compare(later, source(attempt: 2200, failures: 3), at: 2200) == nil)
    }

    @Test("carries what the log wants to know")
    func fields() throws {
        let change = try #require(compare(source(attempt: 1000), source(attempt: 1900, failures: 1), at: 1900))
        #expect(
            change.fields == [
                .source("https://keystore.test/a.jwks"), .sourceClass("software"),
                LogField.change(from: "ok", to: "failing")[0], LogField.change(from: "ok", to: "failing")[1],
                .code("timeout"), .reason("timeout after 10 s"), .time(.lastGood, 1000), .time(.nextTry, 4000),
            ]
        )
    }
}
