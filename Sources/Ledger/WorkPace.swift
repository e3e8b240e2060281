/// How fast work went: how many requests were answered after how much time of it, in a bounded number of samples.
///
/// When there are too many, every second one goes; the last sample is always the last that was added.
package struct WorkPace: Sendable, Equatable {
    package struct Sample: Sendable, Equatable {
        /// Time of work, which does not count the time between a stop and a resume.
        package var milliseconds: Int64
        package var answered: Int
    }

    package private(set) var samples: [Sample] = []
    /// How many additions one sample stands for, and how many the last one does so far.
    private var stride = 1
    private var held = 0

    private static let limit = 128

    package init() {}

    /// Adds a sample; time and number never go back.
    package mutating func add(answered: Int, at milliseconds: Int64) {
        let sample = Sample(
            milliseconds: max(milliseconds, samples.last?.milliseconds ?? 0),
            answered: max(answered, samples.last?.answered ?? 0)
        )
        if !samples.isEmpty, held < stride {
            samples[samples.count - 1] = sample
            held += 1
        } else {
            samples.append(sample)
            held = 1
        }
        guard samples.count > Self.limit else { return }
        samples = samples.indices.filter { $0.isMultiple(of: 2) }.map { samples[$0] }
        stride *= 2
    }

    /// As the ledger keeps it: `stride held ms:answered …`.
    var text: String {
        guard !samples.isEmpty else { return "" }
        return (["\(stride)", "\(held)"] + samples.map { "\($0.milliseconds):\($0.answered)" }).joined(separator: " ")
    }

    /// Reads what `text` wrote; anything else is an empty pace.
    init(text: String) {
        let parts = text.split(separator: " ")
        guard parts.count > 2, let stride = Int(parts[0]), let held = Int(parts[1]), stride > 0 else { return }
        var samples: [Sample] = []
        for part in parts.dropFirst(2) {
            let numbers = part.split(separator: ":")
            guard numbers.count == 2, let time = Int64(numbers[0]), let count = Int(numbers[1]) else { return }
            samples.append(Sample(milliseconds: time, answered: count))
        }
        (self.stride, self.held, self.samples) = (stride, held, samples)
    }
}
