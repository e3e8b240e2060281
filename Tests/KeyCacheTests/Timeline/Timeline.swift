import Encoding

/// A participant's set from its first body to the questions at its end.
struct Timeline: Sendable {
    /// Chooses the steps of a random life, and what is asked of any.
    let number: Int
    /// What happens, in seconds after `World.start`.
    let log: [(time: Int64, step: TimelineStep)]
    /// What the clock says after the last step.
    let end: Int64

    private(set) var random: Lehmer

    /// A random life; the same number gives the same one.
    init(_ number: Int) {
        var random = Lehmer(seed: UInt64(number) &+ 20_261_122)
        var log: [(time: Int64, step: TimelineStep)] = []
        var clock: Int64 = 0
        for _ in 0..<Int.random(in: 4...14, using: &random) {
            log.append((clock, log.isEmpty ? .set("AB") : .random(&random)))
            clock += [60, 300, 600, 901, 3600, 50_000, -200].randomElement(using: &random) ?? 60
        }
        self.init(number, log, end: clock, random)
    }

    /// A life that was written down, with questions of its own.
    init(_ log: [(time: Int64, step: TimelineStep)], end: Int64) {
        self.init(-1, log, end: end, Lehmer(seed: 20_261_122))
    }

    private init(_ number: Int, _ log: [(time: Int64, step: TimelineStep)], end: Int64, _ random: Lehmer) {
        (self.number, self.log, self.end, self.random) = (number, log, end, random)
    }

    /// The log by the clock, as the oracle takes it.
    var dated: [(time: Int64, step: TimelineStep)] { log.map { ($0.time + World.start, $0.step) } }
}
