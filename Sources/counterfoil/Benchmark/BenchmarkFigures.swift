import Encoding
import Glibc
import Operations

/// What the rounds of a benchmark measured.
struct BenchmarkFigures {
    let requests: Int
    let workers: Int
    var mismatches = 0
    private var rates: [Int] = []
    private var costs: [Double] = []

    init(requests: Int, workers: Int) {
        self.requests = requests
        self.workers = workers
    }

    mutating func add(milliseconds: Int64, processor microseconds: Int64) {
        rates.append(Int(Int64(requests) * 1000 / max(1, milliseconds)))
        costs.append(Double(microseconds) / Double(max(1, requests)))
    }

    private var best: Int { rates.max() ?? 0 }
    private var median: Int { rates.sorted()[rates.count / 2] }
    /// Tenths of a microsecond of processor time a request, the median round.
    private var cost: Int64 { Int64((costs.sorted()[costs.count / 2] * 10).rounded()) }

    /// The most memory the process held, in MiB.
    private var memory: Int64 {
        var usage = rusage()
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int64(usage.ru_maxrss) / 1024
    }

    var text: String {
        "\(Figure.count(requests)) requests, \(Figure.plural(workers, "worker", "workers")): "
            + "median \(Figure.count(median)) requests/s, best \(Figure.count(best)), "
            + "\(cost / 10).\(cost % 10) microseconds of processor a request, \(memory) MiB, "
            + "\(Figure.plural(mismatches, "verdict differs", "verdicts differ"))\n"
    }

    func json() -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("program", "counterfoil")
        json.member("threads", workers)
        json.member("best_rps", best)
        json.member("med_rps", median)
        json.name("cpu_us_per_req")
        json.raw(ByteSlice("\(cost / 10).\(cost % 10)"))
        json.member("maxrss_mb", memory)
        json.member("mismatches", mismatches)
        json.member("n", requests)
        json.endObject()
        return buffer
    }
}
