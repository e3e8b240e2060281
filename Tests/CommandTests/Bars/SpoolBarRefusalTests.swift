import Crypto
import Foundation
import GRDB
import Glibc
import Simulator
import Testing

/// What is set aside or refused as a whole: hostile files, batches that do not fit their manifests.
@Suite("The spool's bars: refusals", .serialized)
struct SpoolBarRefusalTests {
    /// Where hostile files are made, and a file outside that some of them lead to.
    struct Yard {
        let incoming: String
        let outside: String

        func file(_ name: String, _ text: String = "x", mode: mode_t = 0o640) {
            try? BarSite.write(text, to: incoming + name)
            chmod(incoming + name, mode)
        }

        func socket(_ name: String) {
            let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(number) }
            // The path of a socket is short: it is made in the folder itself.
            let folder = open(incoming, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            defer { close(folder) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let path = "/proc/self/fd/\(folder)/\(name)"
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            withUnsafePointer(to: &address) {
                _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }

        func bytes(_ name: [UInt8]) {
            let path = (Array(incoming.utf8) + name).map { CChar(bitPattern: $0) } + [0]
            close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640))
        }
    }

    /// What lies in the drop box, and why it is set aside.
    private static let hostile: [(reason: String, make: @Sendable (Yard) -> Void)] = [
        ("type", { symlink($0.outside, $0.incoming + "link.jwt") }),
        ("type", { symlink("/", $0.incoming + "root.json") }),
        ("type", { symlink("..", $0.incoming + "up.ndjson") }),
        ("type", { symlink("nowhere", $0.incoming + "nowhere.jwt") }),
        ("type", { link($0.outside, $0.incoming + "hard.jwt") }),
        ("type", { mkfifo($0.incoming + "pipe.jwt", 0o640) }),
        ("type", { $0.socket("socket.jwt") }),
        ("type", { mkdir($0.incoming + "folder.jwt", 0o750) }),
        ("name", { $0.file("name with space.jwt") }),
        ("name", { $0.file("-rf") }),
        ("name", { $0.file("line\nfeed.jwt") }),
        ("name", { $0.file("up%2F..%2F.jwt") }),
        ("name", { $0.file("\u{202E}gpj.jwt") }),
        ("name", { $0.file("a.tar") }),
        ("name", { $0.file("a.zip") }),
        ("name", { $0.file(String(repeating: "n", count: 251) + ".jwt") }),
        ("name", { $0.bytes([0x78, 0xFF, 0xFE]) }),
        ("owner", { $0.file("everybody.jwt", mode: 0o666) }),
        ("incomplete", { $0.file("empty.jwt", "") }),
        ("toolarge", { $0.file("large.jwt", String(repeating: "x", count: 64 << 10 + 1)) }),
    ]

    @Test("13: nothing outside is opened, whatever lies in the drop box, and each file is set aside for its reason")
    func staysInside() throws {
        guard FileTrace.isPossible else { return print("bar 13: skipped: strace is not installed") }
        let site = try BarSite()
        let yard = Yard(incoming: site.root + "/spool/incoming/", outside: site.disk.path + "/outside")
        try BarSite.write("secret", to: yard.outside)
        for row in Self.hostile { row.make(yard) }
        var expected = Dictionary(grouping: Self.hostile, by: \.reason).mapValues(\.count)
        if mknod(yard.incoming + "device.jwt", S_IFCHR | 0o640, 1 << 8 | 3) == 0 {
            expected["type", default: 0] += 1
        }
        try site.drop("good.ndjson", "{}\n")
        let start = ContinuousClock.now
        let trace = try FileTrace(["process", "--config", site.root + "/counterfoil.yaml"], in: site.disk.folder)
        let time = BarSite.seconds(since: start)
        #expect(trace.result.code == 2)
        let strays = trace.changes.filter { !Self.isInside($0, site.root) }
        let reads = trace.all.filter { $0.contains("/outside>") }
        var failed: [String: Int] = [:]
        var unexplained = 0
        for reason in site.names("failed") {
            let names = site.names("failed/\(reason)")
            failed[reason] = names.count { !$0.hasSuffix(".reason.json") }
            unexplained += abs(names.count - 2 * failed[reason, default: 0])
        }
        let isAnswered = site.results.count == 2 && site.names("incoming").isEmpty
        let text =
            "\(expected.values.reduce(0, +)) hostile names and types: \(failed.values.reduce(0, +)) set aside "
            + (failed == expected ? "as they should" : "otherwise than they should")
            + " in \(Bar.number(time)) s under trace (2), \(trace.all.count) calls, \(strays.count) outside"
        let isInside = strays.isEmpty && reads.isEmpty
        Bar.tell(13, text, holds: failed == expected && isInside && time <= 2 && isAnswered)
        #expect(failed == expected && unexplained == 0)
        #expect(isInside, "\(strays) \(reads)")
        #expect(isAnswered)
    }

    private static func isInside(_ call: Substring, _ root: String) -> Bool {
        call.contains(root) || call.contains("\"/dev/") || call.contains("+++") || call.contains("\"/proc/self/")
    }

    @Test("15: a batch that does not fit its manifest is refused whole, and taken when the manifest is put right")
    func manifests() throws {
        let site = try BarSite()
        let count = BarSite.isFull ? 2000 : 10
        let batch = try Campaign(site.forge, count: count).items.map { $0.line + "\n" }.joined()
        let used = try Campaign(site.forge, count: 3, numberedFrom: count).items.map { $0.line + "\n" }.joined()
        try site.drop("used.manifest.json", "{\"batch_id\":\"wave-1\",\"records\":3}")
        try site.drop("used.ndjson", used)
        #expect(try site.run("process").code == 0)
        let before = try Self.rows(site)
        let (hash, total) = (SHA256Digest.of(batch).hex, Self.total(batch))
        let wrong = [
            "records": "{\"records\":\(count + 1)}", "fewer": "{\"records\":\(count - 1)}",
            "sha256": "{\"sha256\":\"\(SHA256Digest.of(used).hex)\"}",
            "total": "{\"hash_total\":\"\(Self.total(used))\"}",
            "used-id": "{\"batch_id\":\"wave-1\"}", "version": "{\"v\":2}", "broken": "{\"records\":",
        ]
        for (stem, manifest) in wrong {
            try site.drop("\(stem).manifest.json", manifest)
            try site.drop("\(stem).ndjson", batch)
        }
        let end = try site.run("process")
        let refused = site.results.count { $0.hasSuffix(".refused.json") }
        let issued = try Self.rows(site) - before
        let right = "{\"records\":\(count),\"sha256\":\"\(hash)\",\"hash_total\":\"\(total)\",\"batch_id\":\"wave-2\"}"
        try site.drop("right.manifest.json", right)
        try site.drop("right.ndjson", batch)
        #expect(try site.run("process").code == 0)
        let after = try Self.rows(site) - before
        let text =
            "\(wrong.count) batches of \(count) lines with a wrong manifest (\(wrong.keys.sorted().joined(separator: ", "))): "
            + "\(refused) refused, \(issued) rows written (0); put right, \(after)"
        Bar.tell(15, text, holds: end.code == 2 && refused == wrong.count && issued == 0 && after == 2 * count)
        #expect(end.code == 2 && refused == wrong.count && issued == 0 && after == 2 * count)
        #expect(site.names("failed/manifest").count == 3 * wrong.count)
    }

    /// How many clients and decided requests the ledger has.
    private static func rows(_ site: BarSite) throws -> Int {
        let queue = try DatabaseQueue(path: site.root + "/state/ledger.sqlite")
        return try queue.read { db in
            try Int.fetchOne(db, sql: "SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM request)") ?? -1
        }
    }

    /// The total as a sender computes it.
    private static func total(_ text: String) -> String {
        let sum = text.split(separator: "\n").reduce(0 as UInt64) { sum, line in
            sum &+ SHA256Digest.of(String(line)).bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        }
        return String(format: "%016lx", sum)
    }
}
