import Encoding
import Foundation
import OpenBanking
import Simulator

/// What the kernel sees of verdicts: more rounds over the same requests must cost no more system calls.
enum QuietVerdictBar {
    private static let count = 500
    private static let (few, many) = (2, 12)
    private static let network: Set<String> = ["socket", "connect", "sendto", "recvfrom", "sendmsg", "recvmsg"]
    private static let locks: Set<String> = ["futex", "flock"]
    private static let files: Set<String> = [
        "open", "openat", "read", "pread64", "write", "pwrite64", "fcntl", "lseek", "stat", "newfstatat",
    ]

    static func measure() throws -> [BarLine] {
        let folder = "\(NSTemporaryDirectory())/counterfoil-bars-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try workload(folder)
        _ = try calls(folder, rounds: 1)  // fills the cache
        let (before, after) = (try calls(folder, rounds: few), try calls(folder, rounds: many))
        let verdicts = Double((many - few) * count)
        var extra: [(name: String, count: Int)] = []
        for (name, count) in after where count > before[name, default: 0] {
            extra.append((name, count - before[name, default: 0]))
        }
        extra.sort { $0.count > $1.count }
        func extras(_ kind: Set<String>) -> Int {
            extra.filter { kind.contains($0.name) }.reduce(0) { $0 + $1.count }
        }
        let others = extra.prefix(4).map { "\($0.name) \($0.count)" }.joined(separator: ", ")
        return [
            BarLine(
                "S3",
                "no network, file, SQLite or lock inside a verdict (strace, \(Int(verdicts)) verdicts more)",
                "\(extras(network)) calls of the network, \(extras(files)) of files, \(extras(locks)) of futex more; "
                    + "most of the others: \(others.isEmpty ? "none" : others)",
                // The workers are woken and waited for once a round.
                extras(network) == 0 && extras(files) <= many - few && extras(locks) <= 4 * (many - few)
            )
        ]
    }

    /// The folder `bench` reads.
    private static func workload(_ folder: String) throws {
        for name in ["anchors", "mirror"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        let now = Place.now
        var plan = DirectoryPlan(now: now, environment: .production)
        plan.keyPool = 12
        let directory = try SimulatedDirectory(plan)
        let forge = RequestForge(directory)
        try directory.publish(toMirror: "\(folder)/mirror")
        let campaign = try Campaign(forge, count: count)
        func write(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        try write(Array(directory.authority.anchorsPEM.utf8), "anchors/all.pem")
        try write(Array(directory.sourcesYAML().utf8), "sources.yaml")
        try write(
            Array("{\"as_of\":\(now),\"audience\":\"\(forge.audience)\",\"host\":\"\(directory.host)\"}".utf8),
            "workload.json"
        )
        try write(campaign.bulk, "batch.ndjson")
    }

    /// The system calls of a run, by name.
    private static func calls(_ folder: String, rounds: Int) throws -> [String: Int] {
        let words = [
            "strace", "-f", "-c", "-o", "\(folder)/calls", ProgramRun.counterfoil, "bench", "--part", "validation",
            "--workload", folder,
            "--workers", "1", "--rounds", "\(rounds)",
        ]
        let result = try ProgramRun(words, in: folder).wait()
        guard result.code == 0 else { throw Trouble("bench: \(result.code) \(result.errors.suffix(300))") }
        var counts: [String: Int] = [:]
        for line in try String(contentsOfFile: "\(folder)/calls", encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 5, let name = words.last, let count = Int(words[3]), name != "total" else { continue }
            counts[String(name)] = count
        }
        return counts
    }
}
