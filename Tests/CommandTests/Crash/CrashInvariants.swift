import Crypto
import Encoding
import Foundation
import GRDB
import Ledger

/// What must hold after a crash and a run that went through, whatever was interrupted.
///
/// Each fault begins with the number of the invariant it breaks.
struct CrashInvariants {
    let site: CrashSite
    /// What a consumer could see when the crash came.
    let seen: [String: [UInt8]]
    let work: CrashWork

    /// What is read of a result.
    private struct Answer: Decodable {
        struct Source: Decodable { var line: Int? }
        struct Response: Decodable { var client_id: String? }
        var request_sha256: String
        var outcome: String
        var source: Source
        var response: Response?
    }

    /// Everything that does not hold.
    func faults() throws -> [String] {
        let visible = try site.visible()
        let results = try committed(visible)
        return try credentials(results) + ledger() + hashes(results) + folders() + archive() + changes(visible)
            + answers(results) + copies()
    }

    /// What is visible, with what is kept apart in the place of the other bytes that have its name.
    private func committed(_ visible: [String: [UInt8]]) throws -> [String: [UInt8]] {
        var results = visible.filter { !work.taken.contains($0.key) }
        for path in work.taken {
            let name = path.split(separator: "/").last ?? ""
            guard site.files("spool/failed/conflict").contains(String(name)) else { continue }
            results[path] = try site.bytes("spool/failed/conflict/\(name)")
        }
        return results
    }

    /// 1: each request that must be accepted has one client, and that client is in one visible result.
    private func credentials(_ visible: [String: [UInt8]]) throws -> [String] {
        var shown: [String: [String]] = [:]
        for (name, bytes) in visible where !Self.isAboutBatch(name) {
            for answer in try Self.read(bytes) where answer.outcome == "accepted" {
                shown[answer.request_sha256, default: []].append(answer.response?.client_id ?? "none")
            }
        }
        let rows = try read("SELECT lower(hex(request_sha256)) AS request, client_id FROM client")
        let issued = Dictionary(grouping: rows, by: { $0["request"] as String })
            .mapValues { $0.map { $0["client_id"] as String } }
        var faults: [String] = []
        for (request, clients) in issued {
            if clients.count != 1 { faults.append("1: \(request) has \(clients.count) clients") }
            if shown[request] != clients { faults.append("1: \(request) shows another client") }
        }
        let unknown = Set(shown.keys).subtracting(issued.keys)
        if !unknown.isEmpty { faults.append("1: \(unknown.count) clients are shown and not in the ledger") }
        let missing = work.accepted.subtracting(issued.keys)
        if !missing.isEmpty { faults.append("1: \(missing.count) requests have no client") }
        let surplus = Set(issued.keys).subtracting(work.accepted)
        if !surplus.isEmpty { faults.append("1: \(surplus.count) requests should have no client") }
        return faults
    }

    /// 2: nothing is pending, and the audit trail is whole.
    private func ledger() throws -> [String] {
        let ledger = try Ledger.openReadOnly(site.root + "/state/ledger.sqlite")
        let summary = try ledger.summary(at: Site.now)
        var faults: [String] = []
        if summary.pendingResults != 0 { faults.append("2: \(summary.pendingResults) results are pending") }
        if summary.lostResults != work.taken.count { faults.append("2: \(summary.lostResults) results are lost") }
        if summary.openBatches != 0 { faults.append("2: \(summary.openBatches) batches are open") }
        if summary.waiting != work.waiting { faults.append("2: \(summary.waiting) requests wait") }
        let check = try ledger.read(at: Site.now) { group throws(LedgerError) in try group.verifyAudit() }
        if case .broken(let line, let flaw) = check { faults.append("2: the audit is broken at \(line): \(flaw)") }
        return faults
    }

    /// 3: what is visible has the hash the ledger has of it.
    private func hashes(_ visible: [String: [UInt8]]) throws -> [String] {
        var faults: [String] = []
        var known: Set<String> = []
        for row in try read("SELECT result, sha256 FROM outbox") {
            let name = String((row["result"] as String).dropFirst("results/".count))
            known.insert(name)
            guard let bytes = visible[name] else {
                faults.append("3: \(name) is not there")
                continue
            }
            if SHA256Digest.of(bytes).bytes != Array(row["sha256"] as Data) {
                faults.append("3: \(name) has another hash")
            }
        }
        for name in visible.keys where !known.contains(name) { faults.append("3: the ledger does not know \(name)") }
        return faults
    }

    /// 4: nothing is left on the way, and what failed lies there with its reason.
    private func folders() -> [String] {
        var faults = ["incoming", "active", "staging", "control"].flatMap { folder in
            site.everything("spool/\(folder)").filter { $0 != ".keep" }.map { "4: \($0) is left in \(folder)" }
        }
        let failed = Set(site.files("spool/failed"))
        let files = failed.filter { !$0.hasSuffix(".reason.json") }
        if files != work.failed { faults.append("4: in failed are \(files.sorted())") }
        for name in work.failed where !name.hasSuffix(".manifest.json") && !failed.contains(name + ".reason.json") {
            faults.append("4: nothing says why \(name) failed")
        }
        return faults
    }

    /// 5: every input is in the archive, once, or waits.
    private func archive() -> [String] {
        let archived = site.files("spool/archive").compactMap { $0.split(separator: "/").last.map(String.init) }
        var faults: [String] = []
        for name in work.archived where archived.count(where: { $0 == name }) != 1 {
            faults.append("5: \(name) is \(archived.count { $0 == name }) times in the archive")
        }
        let waiting = site.files("spool/deferred")
        if waiting.count != work.waitingFiles { faults.append("5: in deferred are \(waiting)") }
        return faults
    }

    /// 6: what a consumer saw is still there, with the same bytes.
    private func changes(_ visible: [String: [UInt8]]) -> [String] {
        let others = work.taken.filter { visible[$0] != CrashWork.otherBytes }.map { "6: \($0) was replaced" }
        return others
            + seen.compactMap { name, bytes in visible[name] == bytes ? nil : "6: \(name) changed after it was seen" }
    }

    /// 8: the bytes of each committed result are in exactly one place, whole.
    private func copies() throws -> [String] {
        var counts: [[UInt8]: Int] = [:]
        for folder in ["spool/results", "spool/staging", "spool/failed"] {
            for path in site.files(folder) {
                counts[SHA256Digest.of(try site.bytes("\(folder)/\(path)")).bytes, default: 0] += 1
            }
        }
        return try read("SELECT result, sha256 FROM outbox").compactMap { row in
            let count = counts[Array(row["sha256"] as Data), default: 0]
            return count == 1 ? nil : "8: \(row["result"] as String) is in \(count) places"
        }
    }

    /// 7: every input has its one answer, every line in its place, and nothing more.
    private func answers(_ visible: [String: [UInt8]]) throws -> [String] {
        var faults: [String] = []
        var unnamed = Set(visible.keys.compactMap { $0.split(separator: "/").last.map(String.init) })
        for (stem, outcomes) in work.answers {
            let found = unnamed.filter { $0.hasPrefix(stem + ".") }
            unnamed.subtract(found)
            let outcome = found.first.flatMap { $0.split(separator: ".").dropLast().last.map(String.init) }
            if found.count != 1 || !outcomes.contains(outcome ?? "") {
                faults.append("7: \(stem) is answered by \(found)")
            }
        }
        for (stem, outcomes) in work.lines {
            let found = unnamed.filter { $0.hasPrefix(stem + ".") }
            unnamed.subtract(found)
            if found.count != (work.acknowledged.contains(stem) ? 3 : 2) + work.later[stem, default: 0] {
                faults.append("7: \(stem) is answered by \(found)")
            }
            let results = visible.first { $0.key.contains("/\(stem).") && $0.key.hasSuffix(".results.ndjson") }
            let lines = try Self.read(results?.value ?? [])
            if lines.map(\.outcome) != outcomes { faults.append("7: \(stem)'s outcomes are \(lines.map(\.outcome))") }
            if lines.map(\.source.line) != Array(1...max(1, lines.count)) {
                faults.append("7: \(stem)'s lines are out of order")
            }
        }
        if !unnamed.isEmpty { faults.append("7: there are also \(unnamed)") }
        return faults
    }

    private func read(_ sql: String) throws -> [Row] {
        let queue = try DatabaseQueue(path: site.root + "/state/ledger.sqlite")
        return try queue.read { db in try Row.fetchAll(db, sql: sql) }
    }

    /// Whether a file tells of a batch as a whole and answers no request.
    static func isAboutBatch(_ name: String) -> Bool {
        [".summary.json", ".ack.json", ".refused.json"].contains { name.hasSuffix($0) }
    }

    private static func read(_ bytes: [UInt8]) throws -> [Answer] {
        let decoder = JSONDecoder()
        return try bytes.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(Answer.self, from: Data($0)) }
    }
}
