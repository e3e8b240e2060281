import Encoding
import Glibc
import Operations

/// What the rounds of a benchmark measured.
struct BenchmarkFigures {
    let part: BenchmarkPart
    let requests: Int
    let workers: Int
    /// Where files were written; nil where none are.
    var fileSystem: String?
    var mismatches = 0
    private var rates: [Int] = []
    private var costs: [Double] = []

    init(_ part: BenchmarkPart, requests: Int, workers: Int) {
        self.part = part
        self.requests = requests
        self.workers = workers
    }

    /// Takes in a round that has just ended.
    mutating func add(_ watch: StopWatch) {
        let (elapsed, processor) = (watch.elapsed, watch.processor)
        rates.append(Int(Int64(requests) * 1_000_000 / max(1, elapsed)))
        costs.append(Double(processor) / Double(max(1, requests)))
    }

    private var best: Int { rates.max() ?? 0 }
    private var median: Int { rates.sorted()[rates.count / 2] }
    /// Tenths of a microsecond of processor time a request, the median round.
    private var cost: Int64 { Int64((costs.sorted()[costs.count / 2] * 10).rounded()) }

    /// The most memory the process held so far, in MiB.
    private var memory: Int64 {
        var usage = rusage()
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int64(usage.ru_maxrss) / 1024
    }

    /// One line for people.
    var text: String {
        let place = fileSystem.map { ", on \($0)" } ?? ""
        let verdicts = mismatches == 0 ? "" : "; \(Figure.plural(mismatches, "verdict is", "verdicts are")) wrong"
        return Self.padded("  \(part.title), \(Figure.plural(workers, "worker", "workers"))", 38)
            + "\(Self.padded(Figure.count(median), 7, leading: true)) requests/s  "
            + "\(Self.padded("\(cost / 10).\(cost % 10)", 6, leading: true)) µs of processor each, "
            + "\(memory) MiB\(place)\(verdicts)\n"
    }

    func json() -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("program", part == .validation ? "counterfoil" : "counterfoil+\(part.rawValue)")
        json.member("part", part.rawValue)
        json.member("threads", workers)
        json.member("best_rps", best)
        json.member("med_rps", median)
        json.name("cpu_us_per_req")
        json.raw(ByteSlice("\(cost / 10).\(cost % 10)"))
        json.member("maxrss_mb", memory)
        json.member("mismatches", mismatches)
        json.member("n", requests)
        json.member("rounds", rates.count)
        if let fileSystem { json.member("file_system", fileSystem) }
        json.endObject()
        return buffer
    }

    private static func padded(_ text: String, _ width: Int, leading: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return leading ? space + text : text + space
    }
}
