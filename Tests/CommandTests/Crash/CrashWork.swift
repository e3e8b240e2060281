import Crypto
import Encoding
import Foundation
import Glibc
import OpenBanking
import Simulator
import Testing

/// The work a crash interrupts, and what must come of it whatever happens.
///
/// Two dozen requests as files, one of them twice, one that waits for a key, one that is no request and one that is
/// empty; a batch with a repeated, a waiting and a refused line; a batch with its manifest; a batch whose manifest does
/// not fit.
struct CrashWork: Sendable {
    /// The hashes of requests that must be accepted, once each.
    private(set) var accepted: Set<String> = []
    /// Stems of files that must have one result, with the outcomes it may have.
    private(set) var answers: [String: Set<String>] = [:]
    /// The outcomes of each batch's lines, by the batch's stem.
    private(set) var lines: [String: [String]] = [:]
    /// The batches that have a manifest and are taken: each has an acknowledgement too.
    private(set) var acknowledged: Set<String> = []
    /// Files that must lie in `failed`, as paths from there.
    private(set) var failed: Set<String> = []
    /// How many answers come later to lines that waited, by the batch's stem.
    private(set) var later: [String: Int] = [:]
    /// How many files must lie in `deferred`.
    private(set) var waitingFiles = 3
    /// How many requests wait.
    private(set) var waiting = 2
    /// Names that must be in the archive, once each.
    private(set) var archived: Set<String> = []

    /// Results whose names files with other bytes have, as paths below `results`.
    private(set) var taken: Set<String> = []

    /// What those files hold.
    static let otherBytes = Array("{}".utf8)

    private let site: Site

    /// Drops everything into the site's drop box.
    init(_ site: Site) throws {
        self.site = site
        let good = try Campaign(site.forge, count: 22).items
        for item in good { try drop(item, as: item.name, ["accepted"]) }
        try drop(good[0], as: "again", ["accepted", "duplicate"])
        answers[good[0].name] = ["accepted", "duplicate"]
        try drop(try site.forge.item(.truncated, number: 51), as: "broken", ["malformed"])
        let waits = try site.forge.item(.unpublishedSoftwareKey, number: 50)
        try site.write(waits, to: "spool/incoming/waits")
        try site.folder.write("", to: "spool/incoming/empty.jwt")
        failed = ["incomplete/empty.jwt", "manifest/wrong.ndjson", "manifest/wrong.manifest.json"]
        try dropBatches(after: good)
    }

    /// Work of which most waits for the keys of a software, up to where these came; the rest was answered before.
    ///
    /// A dozen files, one of them refused once its keys are there, and a batch of which every other line waits.
    init(waitingAt site: Site) throws {
        self.site = site
        (waiting, waitingFiles) = (0, 0)
        let software = site.forge.directory.software[0]
        let keys = try Self.takeKeys(of: software, from: site)
        for number in 0..<12 {
            let fault: ForgedFault? = number == 5 ? .requestSignature : nil
            let item = try Self.item(site, fault, of: software, number)
            try drop(item, as: "w\(number)", [fault == nil ? "accepted" : "rejected"])
            waitingNames("w\(number)", item)
        }
        let lines = try (100..<110).map { number in
            let other = site.forge.directory.software[number % 2]
            return try Self.item(site, nil, of: other, number)
        }
        try drop("batch", lines)
        self.lines["batch"] = lines.indices.map { $0.isMultiple(of: 2) ? "deferred" : "accepted" }
        later["batch"] = lines.count / 2
        let h16 = SHA256Digest.of(Self.text(lines)).hex.prefix(16)
        for line in stride(from: 1, to: lines.count, by: 2) { archived.insert("batch.\(h16).\(line).json") }
        try #require(try site.runAsOf("process").code == 2)
        try #require(site.folder.names("spool/deferred").count == 12 * 2 + lines.count / 2)
        try Self.bringBack(keys, to: site)
    }

    /// Requests that waited and the keys most of them waited for; a batch killed behind its second commit, some of whose
    /// lines wait too, and which an operator cancels; another wish, for one that goes on waiting; and in the drop box
    /// repeats of what waits and of what the cancelled batch does not answer.
    init(halfDoneAt site: Site) throws {
        self.site = site
        (waiting, waitingFiles) = (1, 2)
        let software = site.forge.directory.software
        let keys = try Self.takeKeys(of: software[0], from: site)
        let singles = try (0..<4).map { try Self.item(site, $0 == 3 ? .requestSignature : nil, of: software[0], $0) }
        for (number, item) in singles.enumerated() {
            try drop(item, as: "w\(number)", [number == 3 ? "rejected" : "accepted"])
            waitingNames("w\(number)", item)
        }
        let waits = try site.forge.item(.unpublishedSoftwareKey, number: 50)
        try site.write(waits, to: "spool/incoming/waits")
        try #require(try site.runAsOf("process").code == 2)
        let lines = try (100..<124).map { try Self.item(site, nil, of: software[$0 % 2], $0) }
        try drop("half", lines[..<16])
        try site.folder.write(Self.text(lines), to: "spool/incoming/half.ndjson")
        self.lines["half"] = (0..<16).map { $0.isMultiple(of: 2) ? "deferred" : "accepted" }
        later["half"] = 8
        let h16 = SHA256Digest.of(Self.text(lines)).hex.prefix(16)
        for line in stride(from: 1, to: 16, by: 2) { archived.insert("half.\(h16).\(line).json") }
        try Self.killInThirdGroup(site)
        try Self.bringBack(keys, to: site)
        try site.folder.write("", to: "spool/control/half.cancel")
        try site.folder.write("", to: "spool/control/waits.\(Self.hash(waits).prefix(16)).jwt.retry")
        try drop(singles[0], as: "again", ["duplicate"])
        let bad = try site.forge.item(.foreignRedirect, number: 53)
        try drop("other", [lines[0], lines[19], lines[20], try Self.item(site, nil, of: software[2], 200), bad])
        self.lines["other"]?[0] = "duplicate"
        try manifest("other", records: 5)
        archived.insert("other.manifest.json")
        acknowledged = ["other"]
    }

    /// Work that meets files with other bytes under the names of its results: of two in a group of files and of one in
    /// another, of a batch's results, of another's acknowledgement and summary; a line repeats one of the files.
    init(conflictingAt site: Site) throws {
        self.site = site
        (waiting, waitingFiles) = (0, 0)
        let singles = try Campaign(site.forge, count: 10).items
        for (number, item) in singles.enumerated() {
            try drop(item, as: "n\(number)", ["accepted"])
            if number < 3 { try take("n\(number).\(Self.hash(item).prefix(16)).accepted.json") }
        }
        let lines = try Campaign(site.forge, count: 6, numberedFrom: 100).items
        let batches = [("first", lines[..<4] + [singles[0]]), ("second", lines[4...])]
        for (stem, items) in batches {
            try drop(stem, items)
            try manifest(stem, records: items.count)
            archived.insert("\(stem).manifest.json")
            let h16 = SHA256Digest.of(Array(Self.text(items).utf8)).hex.prefix(16)
            for ending in stem == "first" ? ["results.ndjson"] : ["ack.json", "summary.json"] {
                try take("\(stem).\(h16).\(ending)")
            }
        }
        self.lines["first"]?[4] = "duplicate"
        acknowledged = ["first", "second"]
    }

    private mutating func take(_ name: String) throws {
        let path = "2026-11-22/\(name)"
        taken.insert(path)
        failed.insert("conflict/\(name)")
        try site.folder.write(String(decoding: Self.otherBytes, as: UTF8.self), to: "spool/results/\(path)")
    }

    /// Runs the program and kills it behind the writing of a batch's third group of lines.
    private static func killInThirdGroup(_ site: Site) throws {
        let place = CrashSite(root: site.folder.path, messages: try TemporaryFolder.inMemory())
        var syncs = 0
        let run = try TracedRun(place.command, at: place) { call in
            if call.isSync, call.file?.hasSuffix(".part") == true { syncs += 1 }
            return syncs == 3 ? .kills : .happens
        }
        try #require(run.code == -SIGKILL)
    }

    /// Takes the keys of a software away and fills the cache; the path they come back by.
    private static func takeKeys(of software: SimulatedSoftware, from site: Site) throws -> String {
        let path = KeyStorePath.keys(software.organisation.id, software.id)
        let keys = "\(site.folder.path)/mirror/\(site.forge.directory.host)\(path)"
        try #require(rename(keys, keys + ".later") == 0, "\(keys)")
        _ = try site.refresh()
        return keys
    }

    private static func bringBack(_ keys: String, to site: Site) throws {
        try #require(rename(keys + ".later", keys) == 0)
        _ = try site.refresh()
    }

    private static func item(
        _ site: Site,
        _ fault: ForgedFault?,
        of software: SimulatedSoftware,
        _ number: Int
    ) throws -> ForgedItem {
        guard let fault else { return try site.forge.item(of: software, .privateKeyJWT, number: number) }
        return try site.forge.item(fault, of: software, number: number)
    }

    /// What waited is archived under the names it waited by.
    private mutating func waitingNames(_ stem: String, _ item: ForgedItem) {
        let h16 = Self.hash(item).prefix(16)
        for ending in ["jwt", "pem"] {
            archived.remove("\(stem).\(ending)")
            archived.insert("\(stem).\(h16).\(ending)")
        }
    }

    private mutating func dropBatches(after good: [ForgedItem]) throws {
        let lines = try Campaign(site.forge, count: 27, numberedFrom: 100).items
        let odd = [
            good[1], try site.forge.item(.unpublishedSoftwareKey, number: 52),
            try site.forge.item(.foreignRedirect, number: 53),
        ]
        try drop("batch", lines[..<10] + odd + lines[10...])
        self.lines["batch"]?[10] = "duplicate"
        let kept = try Campaign(site.forge, count: 10, numberedFrom: 200).items
        try drop("kept", kept)
        try manifest("kept", records: 10)
        archived.insert("kept.manifest.json")
        acknowledged = ["kept"]
        let wrong = try Campaign(site.forge, count: 3, numberedFrom: 300).items
        try site.folder.write(Self.text(wrong), to: "spool/incoming/wrong.ndjson")
        try manifest("wrong", records: 4)
        answers["wrong"] = ["refused"]
    }

    private mutating func drop(_ item: ForgedItem, as stem: String, _ outcomes: Set<String>) throws {
        answers[stem] = outcomes
        if outcomes.contains("accepted") { accepted.insert(Self.hash(item)) }
        let path = "spool/incoming/\(stem)"
        guard let request = item.request else {
            archived.insert("\(stem).json")
            return try site.folder.write(item.line, to: path + ".json")
        }
        archived.insert("\(stem).jwt")
        try site.folder.write(request, to: path + ".jwt")
        guard let certificate = item.certificate else { return }
        archived.insert("\(stem).pem")
        try site.folder.write(certificate, to: path + ".pem")
    }

    private mutating func drop(_ stem: String, _ items: some Sequence<ForgedItem>) throws {
        lines[stem] = items.map { $0.expectation.outcome.rawValue }
        for item in items where item.fault == nil { accepted.insert(Self.hash(item)) }
        archived.insert("\(stem).ndjson")
        try site.folder.write(Self.text(items), to: "spool/incoming/\(stem).ndjson")
    }

    private func manifest(_ stem: String, records: Int) throws {
        let text = "{\"v\":1,\"records\":\(records),\"batch_id\":\"\(stem)-1\"}"
        try site.folder.write(text, to: "spool/incoming/\(stem).manifest.json")
    }

    private static func text(_ items: some Sequence<ForgedItem>) -> String { items.map { $0.line + "\n" }.joined() }

    private static func hash(_ item: ForgedItem) -> String {
        SHA256Digest.of(Array((item.request ?? item.line).utf8)).hex
    }
}
