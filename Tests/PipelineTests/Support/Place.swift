import Crypto
import Encoding
import Foundation
import KeyCache
import Ledger
import OpenBanking
import PKIX
import Pipeline
import Rules
import Simulator
import Spool
import Testing

/// A whole installation in a folder of its own: mirror, cache, spool, ledger and what processes them, at a fixed time.
final class Place {
    let folder: TemporaryFolder
    let store: KeyStore
    var plan: ProcessPlan
    private(set) var stop = StopFlag()
    var now = World.now
    private var parts: (spool: Spool, ledger: Ledger, processor: Processor)?

    /// Makes one; `without` names paths of the key store that its mirror lacks at first.
    init(
        without missing: [String] = [],
        plan: (inout ProcessPlan) -> Void = { _ in },
        policy: (inout Policy) -> Void = { _ in }
    ) throws {
        folder = try TemporaryFolder()
        var rules = Policy(World.configuration)
        policy(&rules)
        var choice = ProcessPlan(policy: rules, workers: 2, secretKey: Array(repeating: 7, count: 32))
        choice.space = Place.anySpace
        plan(&choice)
        self.plan = choice
        let host = World.directory.host
        if missing.isEmpty {
            for name in World.prepared.tree("") where name.hasPrefix("cache.sqlite") {
                try folder.copy(World.prepared / name, to: name)
            }
            store = try KeyStore.open(path: folder / "cache.sqlite")
        } else {
            try folder.copy(World.prepared / "mirror", to: "mirror")
            for path in missing { try folder.remove("mirror/\(host)\(path)") }
            store = try KeyStore.open(path: folder / "cache.sqlite")
            try World.refresh(store, mirror: folder / "mirror", at: now)
        }
        try open()
    }

    /// Needs nearly nothing.
    static var anySpace: FreeSpace.Need {
        var need = FreeSpace.Need()
        (need.bytes, need.percent, need.inodes) = (1 << 16, 0, 0)
        return need
    }

    var ledger: Ledger { get throws { try #require(parts).ledger } }

    /// Ends the process and starts another, so to speak.
    func reopen() throws {
        parts = nil
        stop = StopFlag()
        try open()
    }

    /// Restores the ledger from a copy of its file, between two processes, so to speak.
    func restoreLedger(_ bytes: [UInt8]) throws {
        parts = nil
        stop = StopFlag()
        for ending in ["-wal", "-shm"] where folder.tree("").contains("ledger.sqlite" + ending) {
            try folder.remove("ledger.sqlite" + ending)
        }
        try folder.write(bytes, to: "ledger.sqlite")
        try open()
    }

    private func open() throws {
        let spool = try Spool.open(folder / "spool", at: now)
        let ledger = try Ledger.open(folder / "ledger.sqlite", LedgerOptions(busySeconds: 0.01))
        parts = (spool, ledger, Processor(spool: spool, ledger: ledger, keys: store, plan: plan, stopping: stop))
    }

    /// Publishes a path of the key store in the mirror, and refreshes.
    func publish(_ path: String) throws {
        let body = try #require(World.directory.body(path))
        try folder.write(body, to: "mirror/\(World.directory.host)\(path)")
        try refresh()
    }

    /// Brings the mirror of everything, for a place that was made with the cache alone.
    func bringMirror() throws { try folder.copy(World.prepared / "mirror", to: "mirror") }

    func refresh() throws { try World.refresh(store, mirror: folder / "mirror", at: now) }

    // MARK: In

    func drop(_ name: String, _ text: String) throws { try drop(name, Array(text.utf8)) }
    func drop(_ name: String, _ bytes: [UInt8]) throws { try folder.write(bytes, to: "spool/incoming/\(name)") }

    /// Drops an item as a request with its certificate, or as a record where it has no request.
    func drop(_ item: ForgedItem, as stem: String? = nil, ending: String = "jwt") throws {
        let stem = stem ?? item.name
        guard let request = item.request else { return try drop("\(stem).json", item.line) }
        if let certificate = item.certificate { try drop("\(stem).pem", certificate) }
        try drop("\(stem).\(ending)", request)
    }

    @discardableResult
    func pass(limit: Int = .max, after group: @escaping (PassProgress) -> Void = { _ in }) throws -> PassTally {
        let snapshot = try Snapshot.load(store, anchors: World.anchors, at: now)
        try #require(parts).processor.onProgress = group
        return try #require(parts).processor.pass(snapshot, at: now, limit: limit)
    }

    /// What the last pass did, also where it threw.
    var lastTally: PassTally { parts?.processor.lastTally ?? PassTally() }

    // MARK: Out

    /// Whether nothing is left on the way.
    var isSettled: Bool { [.incoming, .active, .staging].allSatisfy { lying(in: $0).isEmpty } }

    /// Every answer: results of files, and lines of batches, by name and line.
    var answers: [Answer] {
        get throws {
            let answering = names.filter { name in
                ![".summary.json", ".ack.json", ".refused.json"].contains { name.hasSuffix($0) }
            }
            return try answering.flatMap { name in
                name.hasSuffix(".ndjson") ? try lines(name) : [try answer(name)]
            }
        }
    }

    /// The lines of the only batch's results.
    var batchAnswers: [Answer] {
        get throws {
            let found = names.filter { $0.hasSuffix(".results.ndjson") }
            try #require(found.count == 1, "results: \(names)")
            return try lines(found[0])
        }
    }

    /// The summary of the only batch.
    var batchSummary: Summary {
        get throws {
            let found = names.filter { $0.hasSuffix(".summary.json") }
            try #require(found.count == 1, "summaries: \(names)")
            return try Summary(bytes(found[0]))
        }
    }

    /// Whether the spool has a file of this path, as results name each other.
    func has(_ path: String) -> Bool { folder.tree("spool").contains(path) }

    /// The path of a name in the drop box.
    func incoming(_ name: String) -> String { folder / "spool/incoming/\(name)" }

    /// The names in results, of all days.
    var names: [String] { folder.tree("spool/results").map { String($0.split(separator: "/").last ?? "") }.sorted() }

    func bytes(_ name: String) throws -> [UInt8] {
        let path = try #require(folder.tree("spool/results").first { $0.hasSuffix("/" + name) }, "no result \(name)")
        return try folder.read("spool/results/" + path)
    }

    func answer(_ name: String) throws -> Answer { try Answer(bytes(name)) }

    /// The only result of a stem.
    func answer(to stem: String) throws -> Answer {
        let found = names.filter { $0.hasPrefix(stem + ".") }
        try #require(found.count == 1, "results of \(stem): \(found)")
        return try answer(found[0])
    }

    /// The lines of a batch's results.
    func lines(_ name: String) throws -> [Answer] {
        try bytes(name).split(separator: UInt8(ascii: "\n")).map { try Answer($0) }
    }

    /// What lies in a folder of the spool.
    func lying(in folder: SpoolFolder) -> [String] { self.folder.tree("spool/" + folder.rawValue) }

    func read<R>(_ body: (LedgerGroup) throws(LedgerError) -> R) throws -> R { try ledger.read(at: now, body) }

    var clients: [ClientRecord] {
        get throws {
            try read { group throws(LedgerError) in try group.clients.page(after: "", ClientFilter(), limit: .max) }
        }
    }

    /// The first 16 digits of the SHA-256 of a request's or a batch's bytes.
    static func h16(_ text: String) -> String { String(SHA256Digest.of(Array(text.utf8)).hex.prefix(16)) }
}
