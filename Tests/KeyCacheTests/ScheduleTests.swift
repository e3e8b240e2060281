import Encoding
import JOSE
import Testing

@testable import KeyCache

@Suite("When a source is fresh, usable and due")
struct ScheduleTests {
    static let limits = ClassLimits(minimum: 300, every: 3600, staleAfter: 5000, unusableAfter: 10_000)
    static let now: UnixTime = 1_000_000

    struct Success: CustomTestStringConvertible, Sendable {
        let name: String
        let hints: FreshnessHints
        let interval: Int64
        var testDescription: String { name }
    }

    @Test(
        "time to the next fetch, which moves neither fresh nor usable",
        arguments: [
            Success(name: "nothing said: every", hints: .none, interval: 3600),
            Success(name: "max-age inside the bounds", hints: FreshnessHints(maximumAge: 1200), interval: 1200),
            Success(name: "Age is taken off", hints: FreshnessHints(maximumAge: 1200, age: 200), interval: 1000),
            Success(
                name: "Age beyond max-age: the minimum",
                hints: FreshnessHints(maximumAge: 600, age: 9999),
                interval: 300
            ),
            Success(name: "negative Age is none", hints: FreshnessHints(maximumAge: 600, age: -50), interval: 600),
            Success(
                name: "max-age 0 or no-store: the minimum (C17)",
                hints: FreshnessHints(maximumAge: 0),
                interval: 300
            ),
            Success(name: "negative max-age: the minimum", hints: FreshnessHints(maximumAge: -1), interval: 300),
            Success(name: "a year: every", hints: FreshnessHints(maximumAge: 31_536_000), interval: 3600),
            Success(name: "the largest number (C25)", hints: FreshnessHints(maximumAge: .max), interval: 3600),
            Success(name: "the smallest numbers", hints: FreshnessHints(maximumAge: .min, age: .max), interval: 300),
            Success(name: "Expires less Date", hints: FreshnessHints(expires: 5000, date: 4000), interval: 1000),
            Success(name: "Expires without Date", hints: FreshnessHints(expires: now + 700), interval: 700),
            Success(name: "Expires in the past", hints: FreshnessHints(expires: 4000, date: 5000), interval: 300),
            Success(
                name: "max-age wins over Expires",
                hints: FreshnessHints(maximumAge: 400, expires: 9000, date: 4000),
                interval: 400
            ),
            Success(
                name: "a tenth of the age of the content",
                hints: FreshnessHints(date: now, lastModified: now - 5000),
                interval: 500
            ),
            Success(
                name: "old content: no later than every",
                hints: FreshnessHints(date: now, lastModified: 0),
                interval: 3600
            ),
            Success(
                name: "content of the future: the minimum",
                hints: FreshnessHints(date: now, lastModified: now + 5000),
                interval: 300
            ),
        ]
    )
    func success(_ row: Success) {
        let times = Schedule(Self.limits).success(at: Self.now, hints: row.hints, jitter: 0)
        #expect(times.freshUntil == Self.now + 5000)
        #expect(times.usableUntil == Self.now + 10_000)
        #expect(times.nextDue == Self.now + row.interval * 8 / 10)
    }

    @Test(
        "jitter moves the next fetch from 80 to 90 % of every",
        arguments: [(0.0, 2880), (0.5, 3060), (1, 3240)]
    )
    func jitter(_ factor: Double, _ seconds: Int64) {
        #expect(Schedule(Self.limits).success(at: 0, jitter: factor).nextDue == seconds)
    }

    @Test(
        "jitter outside of 0 to 1 is taken as the nearest",
        arguments: [(-3.0, 2880), (7, 3240), (.nan, 2880), (.infinity, 3240)]
    )
    func strangeJitter(_ factor: Double, _ seconds: Int64) {
        #expect(Schedule(Self.limits).success(at: 0, jitter: factor).nextDue == seconds)
    }

    @Test(
        "a first success, or one after failures, is scattered over the width of an interval, a minute away at least",
        arguments: [(0.0, 60), (0.5, 1590), (1, 3120)]
    )
    func scattered(_ factor: Double, _ seconds: Int64) {
        let schedule = Schedule(Self.limits)
        #expect(schedule.success(at: 0, jitter: factor, isScattered: true).nextDue == seconds)
        let list = schedule.success(at: 0, nextUpdate: 100_000, jitter: factor, isScattered: true)
        #expect(list.nextDue == seconds)
    }

    @Test("of a short interval too, and never beyond it", arguments: [(0.0, 9), (1, 60)])
    func shortInterval(_ factor: Double, _ seconds: Int64) {
        let limits = ClassLimits(minimum: 10, every: 60, staleAfter: 100)
        #expect(Schedule(limits).success(at: 0, jitter: factor, isScattered: true).nextDue == seconds)
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

    @Test("a class fetched often is tried again as often")
    func shortCap() {
        let limits = ClassLimits(minimum: 10, every: 60, staleAfter: 60)
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
            List(name: "far away: as any source", nextUpdate: 100_000, fresh: 14_400, due: 2880),
            List(name: "nearer than its fresh time", nextUpdate: 5000, fresh: 5000, due: 2880),
            List(name: "nearer than the next fetch", nextUpdate: 2000, fresh: 2000, due: 2000),
            List(name: "nearer than the minimum", nextUpdate: 100, fresh: 100, due: 900),
            List(name: "over already: soon, not in a loop", nextUpdate: -50, fresh: -50, due: 900),
        ]
    )
    func list(_ row: List) {
        let times = Schedule(.revocationList).success(at: 0, nextUpdate: row.nextUpdate, jitter: 0)
        #expect(times == Schedule.Times(freshUntil: row.fresh, usableUntil: row.nextUpdate, nextDue: row.due))
    }

    @Test("the state turns at each limit, on both sides", arguments: [SourceClass.directory, .software])
    func turns(_ class: SourceClass) throws {
        let limits = CacheSettings().limits(for: `class`)
        let cache = try TemporaryStore()
        let source = try cache.source(`class`)
        try cache.accept(Body.keys("A"), for: source)
        let (after, set) = (try cache.current(source.url), try #require(try cache.snapshot().keySet(source.url)))
        for (seconds, state) in [
            (limits.staleAfter - 1, SourceState.fresh), (limits.staleAfter, .stale), (limits.unusableAfter - 1, .stale),
            (limits.unusableAfter, .unusable),
        ] {
            #expect(after.state(at: World.start + seconds) == state)
            #expect("\(set.state(at: World.start + seconds))" == "\(state)")
        }
    }

    struct Order: CustomTestStringConvertible, Sendable {
        let name: String
        let given: ClassLimits
        let limits: [Int64]
        var testDescription: String { name }
    }

    @Test(
        "limits out of order count as the nearest in order",
        arguments: [
            Order(
                name: "in order",
                given: ClassLimits(minimum: 1, every: 2, staleAfter: 3, unusableAfter: 4),
                limits: [1, 2, 3, 4]
            ),
            Order(
                name: "every below the minimum",
                given: ClassLimits(minimum: 300, every: 10, staleAfter: 30, unusableAfter: 40),
                limits: [10, 10, 30, 40]
            ),
            Order(
                name: "stale before the next fetch, unusable before stale",
                given: ClassLimits(minimum: 5, every: 20, staleAfter: 10, unusableAfter: 1),
                limits: [5, 20, 20, 20]
            ),
            Order(
                name: "nothing at all",
                given: ClassLimits(minimum: 0, every: 0, staleAfter: 0, unusableAfter: 0),
                limits: [1, 1, 1, 1]
            ),
        ]
    )
    func order(_ row: Order) {
        #expect([row.given.minimum, row.given.every, row.given.staleAfter, row.given.unusableAfter] == row.limits)
    }

    @Test("the classes have the limits of the reference")
    func classes() {
        let settings = CacheSettings()
        #expect(settings.limits(for: .directory).unusableAfter == 72 * 3600)
        for `class` in [SourceClass.organisation, .software, .organisationRevoked, .softwareRevoked] {
            #expect(settings.limits(for: `class`).unusableAfter == 24 * 3600)
        }
        #expect(settings.limits(for: .crl).unusableAfter == .max)
    }
}
