/// The calls at which a sweep interrupts runs of the same work.
///
/// Points of a sample are told by kind: where threads take turns, a number stands for another call in the next run.
struct CrashPoints: Sendable {
    /// Which calls to take.
    enum Choice: Sendable {
        case every
        /// So many, spread evenly.
        case evenly(Int)
        /// One of each kind of step and then a later one of each, so many at most; of two shares that are too small for all
        /// kinds each takes others.
        case kinds(Int, share: Int = 0)
        /// Pairs of a turning point and one of the next start, so many of all there are, spread evenly.
        case pairs(Int)
    }

    /// One call, and where the next start is interrupted too.
    struct Point: Sendable {
        /// Its kind; nil where its number counts in the whole run.
        var kind: String?
        /// Which of its kind, from 1.
        var number: Int
        /// Where the next start is interrupted; nil where that is of no matter.
        var next: Next?
    }

    /// A call of the next start.
    enum Next: Sendable {
        /// The one that begins this turn.
        case turn(Int)
        case number(Int)
    }

    let points: [Point]
    /// What was chosen.
    let text: String
    /// How many turns the run has.
    private let turns: Int

    /// Chooses from the calls of an undisturbed run; a sample from those that `isWanted`.
    init(_ choice: Choice, of calls: [ChangingCall], where isWanted: (ChangingCall) -> Bool = { _ in true }) {
        var turns = CallTurns()
        for call in calls { _ = turns.begins(with: call) }
        self.turns = turns.count
        // Threads make a call more or less from run to run: two more, so that the last is met.
        let last = calls.count + 2
        switch choice {
        case .every:
            let count = turns.count + Self.recoveryTurns
            points = (1...last).map { number in
                // In turn at a turning point, among the calls of recovery, which come first, and anywhere.
                let choices: [Next] = [
                    .turn(1 + number / 3 % count), .number(1 + number * 7 % 60), .number(1 + number * 7919 % last),
                ]
                return Point(number: number, next: choices[number % 3])
            }
            text = "of \(calls.count) calls"
        case .evenly(let limit):
            points = Self.spread(last, limit).map { Point(number: 1 + $0, next: .number(1 + $0 * 7 % 60)) }
            text = "of \(calls.count) calls, spread evenly"
        case .kinds(let limit, let share):
            let kinds = Kinds(calls.filter { $0.isStep && isWanted($0) })
            let (firsts, later) = (kinds.firsts, kinds.later)
            let chosen = Self.spread(firsts.count, limit, share).map { firsts[$0] }
            points = chosen + Self.spread(later.count, limit - chosen.count, share).map { later[$0] }
            let whole = chosen.count == firsts.count ? "each" : "\(chosen.count)"
            text = "of \(calls.count) calls, one for \(whole) of \(firsts.count) kinds of step"
        case .pairs(let limit):
            let firsts = Kinds(calls.filter { $0.isTurningPoint && isWanted($0) }).firsts
            let count = turns.count + Self.recoveryTurns
            points = Self.spread(firsts.count * count, limit).map { place in
                var point = firsts[place / count]
                point.next = .turn(1 + place % count)
                return point
            }
            text = "of \(firsts.count) kinds of turning point by \(count) turns of the next start"
        }
    }

    /// Where so many starts after a point are interrupted: as it says, then at turning points of all parts.
    func later(behind index: Int, _ count: Int) -> [Next] {
        let first = points[index].next ?? .turn(1)
        return (0..<count).map { $0 == 0 ? first : .turn(1 + index * (2 * $0 + 1) % turns) }
    }

    /// How many turns more than an undisturbed run one has that recovers.
    private static let recoveryTurns = 4

    /// So many of `count` places, spread evenly, or all; the other share lies between.
    private static func spread(_ count: Int, _ limit: Int, _ share: Int = 0) -> [Int] {
        limit >= count ? Array(0..<count) : (0..<max(0, limit)).map { ($0 * count + share * count / 2) / limit }
    }

    /// The first call of each kind, and for each that comes again a later one, in other parts of the run in turn.
    private struct Kinds {
        var firsts: [Point] = []
        var later: [Point] = []

        init(_ calls: [ChangingCall]) {
            var counts: [String: Int] = [:]
            for call in calls {
                if counts[call.kind] == nil { firsts.append(Point(kind: call.kind, number: 1)) }
                counts[call.kind, default: 0] += 1
            }
            for (place, first) in firsts.enumerated() {
                let others = counts[first.kind ?? "", default: 1] - 1
                if others > 0 { later.append(Point(kind: first.kind, number: 2 + place * 5 % others)) }
            }
        }
    }
}
