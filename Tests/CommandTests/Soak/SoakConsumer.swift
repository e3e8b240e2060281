import Crypto
import Foundation
import Synchronization

/// Reads results as they appear, as a bank's loader does, and takes some of them away.
final class SoakConsumer: Sendable {
    /// What was seen.
    struct Seen: Sendable {
        /// The hash of every result by its name, for as long as it is left there.
        var left: [String: String] = [:]
        /// Every name ever seen, with its bytes' hash.
        var all: [String: String] = [:]
        /// The clients shown for each request.
        var clients: [String: Set<String>] = [:]
        /// Lines of each batch's results.
        var lines: [String: Int] = [:]
        var faults: [String] = []
    }

    private struct Answer: Decodable {
        struct Response: Decodable { var client_id: String? }
        var request_sha256: String
        var outcome: String
        var response: Response?
    }

    private let folder: String
    private let marks: String
    private let seen = Mutex(Seen())

    init(_ site: Site) {
        folder = site.folder.path + "/spool/results"
        marks = site.folder.path + "/spool/acks"
    }

    /// What was seen so far.
    var report: Seen { seen.withLock { $0 } }

    /// Looks once at everything that is there.
    func look() {
        for path in FileManager.default.subpaths(atPath: folder) ?? [] where path.hasSuffix("json") {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard !seen.withLock({ $0.left[name] != nil }) else { continue }
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { continue }
            note(name, data)
            // A result that was read may be taken away at once by who owns the folder; it is marked before.
            if Int.random(in: 0..<4) == 0 {
                seen.withLock { _ = $0.left.removeValue(forKey: name) }
                let mark = FileManager.default.createFile(atPath: "\(marks)/\(path)", contents: nil)
                if !mark { fault("\(name) cannot be marked") }
                unlink("\(folder)/\(path)")
            }
        }
    }

    /// Compares what was left with what is there.
    func compare() {
        for (name, hash) in report.left {
            let day = FileManager.default.subpaths(atPath: folder)?.first { $0.hasSuffix("/" + name) }
            let data = day.flatMap { FileManager.default.contents(atPath: "\(folder)/\($0)") }
            if data.map(Self.hash) != hash { fault("\(name) changed after it was seen") }
        }
    }

    private func note(_ name: String, _ data: Data) {
        let hash = Self.hash(data)
        let before = seen.withLock { seen in
            seen.left[name] = hash
            return seen.all.updateValue(hash, forKey: name)
        }
        if let before { fault("\(name) appeared again\(before == hash ? "" : " with other bytes")") }
        guard !CrashInvariants.isAboutBatch(name) else { return }
        let lines = data.split(separator: UInt8(ascii: "\n"))
        if name.hasSuffix(".results.ndjson") { seen.withLock { $0.lines[name] = lines.count } }
        for line in lines {
            guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(line)) else {
                fault("\(name) is not whole")
                continue
            }
            guard answer.outcome == "accepted", let client = answer.response?.client_id else { continue }
            seen.withLock { _ = $0.clients[answer.request_sha256, default: []].insert(client) }
        }
    }

    private func fault(_ text: String) { seen.withLock { $0.faults.append(text) } }

    private static func hash(_ data: Data) -> String { SHA256Digest.of(Array(data)).hex }
}
