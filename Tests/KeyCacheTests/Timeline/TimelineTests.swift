import Foundation
import Testing

/// Lives of participants' sets beside an oracle that recomputes everything from the raw log.
///
/// `COUNTERFOIL_TIMELINES` says how many random ones; `COUNTERFOIL_TIMELINE=314` lives that one alone. With
/// `COUNTERFOIL_CACHE_BARS` each share prints a line for `cache-bars lives`.
@Suite("Lives of keys agree with an oracle")
struct TimelineTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let total = environment["COUNTERFOIL_TIMELINES"].flatMap(Int.init) ?? 500
    private static let only = environment["COUNTERFOIL_TIMELINE"].flatMap(Int.init)

    /// Shares of the random lives, which run side by side.
    private static let shares: [Range<Int>] =
        only.map { [$0..<$0 + 1] }
        ?? stride(from: 0, to: total, by: 250).map { $0..<min($0 + 250, total) }

    @Test("random ones: ordinary, migration, at and as of", arguments: shares)
    func agree(_ share: Range<Int>) throws {
        var differences: [String] = []
        var questions = 0
        for number in share where differences.count <= 20 {
            var run = try TimelineRun(Timeline(number))
            differences += try run.differences()
            questions += run.questions
        }
        #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
        guard Self.environment["COUNTERFOIL_CACHE_BARS"] != nil else { return }
        print("\nlives\t\(share.count)\t\(questions)\t\(differences.count)")
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let log: [(time: Int64, step: TimelineStep)]
        let end: Int64
    }

    /// Lives that once told them apart, or nearly did.
    static let rows = [
        Row(
            // The store never heard of 103,302, so a clock set back to 103,102 is in the grace that ends at 103,301.
            testDescription: "a word on nothing that waits tells the store no time",
            log: [
                (0, .set("AB")), (50_000, .sweep), (50_600, .set("C")), (51_501, .set("C")), (101_501, .accept),
                (101_801, .set("DE")), (102_401, .notModified), (103_302, .accept),
            ],
            end: 103_102
        ),
        Row(
            testDescription: "a sweep that moves nothing tells the time",
            log: [(0, .set("AB")), (300, .set("A")), (1150, .sweep), (950, .set("AC")), (1010, .set("AB"))],
            end: 810
        ),
        Row(
            testDescription: "what was turned away gets no grace when it leaves",
            log: [
                (0, .set("AB")), (400, .set("AC")), (100_400, .set("DE")), (104_000, .empty), (104_060, .reject),
                (104_660, .revokedSet("A")), (105_660, .set("C")), (106_260, .set("BCD")),
            ],
            end: 106_460
        ),
        Row(
            testDescription: "a revoked key does not come back with its set",
            log: [
                (0, .set("AB")), (60, .revokedSet("B")), (120, .set("A")), (180, .set("AB")), (240, .sweep),
                (4000, .set("ABC")),
            ],
            end: 4300
        ),
        Row(
            testDescription: "what came with a set that was turned away comes back with another",
            log: [(0, .set("AB")), (60, .set("CD")), (120, .reject), (180, .set("ABC")), (1081, .set("AB"))],
            end: 1381
        ),
    ]

    @Test("written down", arguments: rows)
    func writtenDown(_ row: Row) throws {
        var run = try TimelineRun(Timeline(row.log, end: row.end))
        for _ in 0..<20 {
            let differences = try run.differences()
            #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        }
    }
}
