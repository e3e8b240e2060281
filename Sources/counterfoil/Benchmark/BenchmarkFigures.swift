import Encoding
import Operations

/// What the rounds of a benchmark measured.
struct BenchmarkFigures {
    let part: BenchmarkPart
    let requests: Int
    let workers: Int
    /// Where files were written; nil where none are.
    var fileSystem: String?
    var mismatches = 0
    /// The requests the ledger held before each round.
    var ledgerRequests = 0
    private var rates: [Int] = []
    private var costs: [Double] = []
    /// The most memory the process held in a round, in MiB.
    private var memory: Int64 = 0

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
        memory = max(memory, PeakMemory.mebibytes)
    }

    private var best: Int { rates.max() ?? 0 }
    private var median: Int { rates.sorted()[rates.count / 2] }
    /// Tenths of a microsecond of processor time a request, the median round.
    private var cost: Int64 { Int64((costs.sorted()[costs.count / 2] * 10).rounded()) }

    /// What stands above the lines for people.
    static let head = row(["", "WORKERS", "REQUESTS/S", "PROCESSOR EACH", "MEMORY"])

    /// One line for people.
    var text: String {
        let wrong = "  \(Figure.plural(mismatches, "verdict is", "verdicts are")) wrong\n"
        return Self.row([title, "\(workers)", Figure.count(median), "\(cost / 10) µs", "\(memory) MiB"])
            + (mismatches == 0 ? "" : wrong)
    }

    private var title: String {
        ledgerRequests == 0 ? part.title : "the same, on \(Figure.count(ledgerRequests))"
    }

    /// How much more processor time a request takes here than in `other`, in tenths of a per cent.
    func excess(over other: BenchmarkFigures) -> Int64 {
        other.cost == 0 ? 0 : (cost - other.cost) * 1000 / other.cost
    }

    /// What that means for somebody who has many: how long `count` take.
    func forecast(_ count: Int) -> String {
        let time = Age.text(seconds: Int64((count + max(1, median) - 1) / max(1, median)))
        let place = fileSystem.map { " on \($0)" } ?? ""
        return "A batch of \(Figure.count(count)) takes about \(time), each result durable\(place).\n"
    }

    private static func row(_ cells: [String]) -> String {
        let widths = [32, 9, 12, 16, 10]
        return zip(cells, widths).map { padded($0, $1, leading: $1 < 32) }.joined() + "\n"
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
        if ledgerRequests > 0 { json.member("ledger_requests", ledgerRequests) }
        if let fileSystem { json.member("file_system", fileSystem) }
        json.endObject()
        return buffer
    }

    private static func padded(_ text: String, _ width: Int, leading: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return leading ? space + text : text + space
    }
}
