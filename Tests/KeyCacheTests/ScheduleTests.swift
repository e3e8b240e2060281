import Encoding
import Testing

@testable import KeyCache

@Suite("When a source is fresh, usable and due")
struct ScheduleTests {
    static let limits = ClassLimits(minimum: 300, standard: 900, maximum: 3600, staleAllowance: 10_000)
    static let now: UnixTime = 1_000_000

    struct Success: CustomTestStringConvertible, Sendable {
        let name: String
        let hints: FreshnessHints
        let fresh: Int64
        var testDescription: String { name }
    }

    @Test(
        "fresh time",
        arguments: [
            Success(name: "nothing said: the standard", hints: .none, fresh: 900),
            Success(name: "max-age inside the bounds", hints: FreshnessHints(maximumAge: 1200), fresh: 1200),
            Success(name: "Age is taken off", hints: FreshnessHints(maximumAge: 1200, age: 200), fresh: 1000),
            Success(
                name: "Age beyond max-age: the minimum",
                hints: FreshnessHints(maximumAge: 600, age: 9999),
                fresh: 300
            ),
            Success(name: "negative Age is none", hints: FreshnessHints(maximumAge: 600, age: -50), fresh: 600),
            Success(name: "max-age 0 or no-store: the minimum (C17)", hints: FreshnessHints(maximumAge: 0), fresh: 300),
            Success(name: "negative max-age: the minimum", hints: FreshnessHints(maximumAge: -1), fresh: 300),
            Success(name: "a year: the maximum", hints: FreshnessHints(maximumAge: 31_536_000), fresh: 3600),
            Success(name: "the largest number (C25)", hints: FreshnessHints(maximumAge: .max), fresh: 3600),
            Success(name: "the smallest numbers", hints: FreshnessHints(maximumAge: .min, age: .max), fresh: 300),
            Success(name: "Expires less Date", hints: FreshnessHints(expires: 5000, date: 4000), fresh: 1000),
            Success(name: "Expires without Date", hints: FreshnessHints(expires: now + 700), fresh: 700),
            Success(name: "Expires in the past", hints: FreshnessHints(expires: 4000, date: 5000), fresh: 300),
            Success(
                name: "max-age wins over Expires",
                hints: FreshnessHints(maximumAge: 400, expires: 9000, date: 4000),
                fresh: 400
            ),
            Success(
                name: "a tenth of the age of the content",
                hints: FreshnessHints(date: now, lastModified: now - 5000),
                fresh: 500
            ),
            Success(
                name: "old content: no longer than the standard",
                hints: FreshnessHints(date: now, lastModified: 0),
                fresh: 900
            ),
            Success(
                name: "content of the future: the minimum",
                hints: FreshnessHints(date: now, lastModified: now + 5000),
                fresh: 300
            ),
        ]
    )
    func success(_ row: Success) {
        let times = Schedule(Self.limits).success(at: Self.now, hints: row.hints, jitter: 0)
        #expect(times.freshUntil == Self.now + row.fresh)
        #expect(times.usableUntil == Self.now + row.fresh + 10_000)
        #expect(times.nextDue == Self.now + row.fresh * 8 / 10)
    }

    @Test(
        "jitter moves the next fetch from 80 to 90 % of the fresh time",
        arguments: [(0.0, 720), (0.5, 765), (1, 810)]
    )
    func jitter(_ factor: Double, _ seconds: Int64) {
        #expect(Schedule(Self.limits).success(at: 0, jitter: factor).nextDue == seconds)
    }

    @Test(
        "jitter outside of 0 to 1 is taken as the nearest",
        arguments: [(-3.0, 720), (7, 810), (.nan, 720), (.infinity, 810)]
    )
    func strangeJitter(_ factor: Double, _ seconds: Int64) {
        #expect(Schedule(Self.limits).success(at: 0, jitter: factor).nextDue == seconds)
    }

    struct Retry: CustomTestStringConvertible, Sendable {
        let name: String
        let failures: Int
        var retryAfter: Int64?
        var jitter = 1.0
        let delay: Int64
        var testDescription: String { name }
    }

    @Test(
        "back-off",
        arguments: [
            Retry(name: "first", failures: 1, delay: 15),
            Retry(name: "first, least jitter: half", failures: 1, jitter: 0, delay: 7),
            Retry(name: "second", failures: 2, delay: 30),
            Retry(name: "fifth", failures: 5, delay: 240),
            Retry(name: "seventh: the cap", failures: 7, delay: 900),
            Retry(name: "cap with least jitter", failures: 7, jitter: 0, delay: 450),
            Retry(name: "a hundred", failures: 100, delay: 900),
            Retry(name: "the largest count", failures: .max, delay: 900),
            Retry(name: "no count at all", failures: 0, delay: 15),
            Retry(name: "Retry-After longer", failures: 1, retryAfter: 600, delay: 600),
            Retry(name: "Retry-After shorter than the back-off", failures: 5, retryAfter: 20, delay: 240),
            Retry(name: "Retry-After 0", failures: 1, retryAfter: 0, jitter: 0, delay: 15),
            Retry(name: "Retry-After negative", failures: 1, retryAfter: -9, jitter: 0, delay: 15),
            Retry(name: "Retry-After of a year: one hour", failures: 1, retryAfter: 31_536_000, delay: 3600),
            Retry(name: "Retry-After without end", failures: 1, retryAfter: .max, delay: 3600),
        ]
    )
    func retry(_ row: Retry) {
        let next = Schedule(Self.limits).retry(
            at: Self.now,
            failures: row.failures,
            retryAfter: row.retryAfter,
            jitter: row.jitter
        )
        #expect(next == Self.now + row.delay)
    }

    @Test("a class with a short maximum has a short cap")
    func shortCap() {
        let limits = ClassLimits(minimum: 10, standard: 20, maximum: 60, staleAllowance: 0)
        #expect(Schedule(limits).retry(at: 0, failures: 10, jitter: 1) == 60)
    }

    struct List: CustomTestStringConvertible, Sendable {
        let name: String
        let nextUpdate: Int64
        let fresh: Int64
        let due: Int64
        var testDescription: String { name }
    }

    @Test(
        "a revocation list follows its next update",
        arguments: [
            List(name: "far away: as any source", nextUpdate: 100_000, fresh: 3600, due: 2880),
            List(name: "nearer than the fresh time", nextUpdate: 2000, fresh: 2000, due: 2000),
            List(name: "nearer than the minimum", nextUpdate: 100, fresh: 100, due: 900),
            List(name: "over already: soon, not in a loop", nextUpdate: -50, fresh: -50, due: 900),
        ]
    )
    func list(_ row: List) {
        let times = Schedule(.revocationList).success(at: 0, nextUpdate: row.nextUpdate, jitter: 0)
        #expect(times == Schedule.Times(freshUntil: row.fresh, usableUntil: row.nextUpdate, nextDue: row.due))
    }

    @Test("the classes have the limits of the reference")
    func classes() {
        let settings = CacheSettings()
        let rows = SourceClass.allCases.map { ($0, settings.limits(for: $0)) }
        #expect(rows.allSatisfy { $0.1.minimum <= $0.1.standard && $0.1.standard <= $0.1.maximum })
        #expect(settings.limits(for: .directory).staleAllowance == 72 * 3600)
        #expect(settings.limits(for: .software).staleAllowance == 24 * 3600)
        #expect(settings.limits(for: .crl).staleAllowance == 0)
    }
}
