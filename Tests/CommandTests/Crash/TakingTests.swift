import Foundation
import Glibc
import Simulator
import Testing

/// A disk that fails while files are taken, behind the first of them.
@Suite(
    "A take that fails behind its first file",
    .enabled(if: TracedRun.isPossible, "skipped: this machine does not let a process trace what it starts")
)
struct TakingTests {
    /// What the disk does with the second request of a group.
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// How many of the five requests are answered by the run in which it fails.
        let answered: Int
        /// What becomes of a move of the request, or of its certificate.
        let fate: @Sendable (_ from: String, _ to: String) -> TracedRun.Fate
    }

    static let rows = [
        Row(testDescription: "its move fails", answered: 1) { from, _ in
            from.hasSuffix(".jwt") ? .returns(-Int(EIO)) : .happens
        },
        Row(testDescription: "its move is done and told as failed", answered: 2) { from, to in
            from.hasSuffix(".jwt") && rename(from, to) == 0 ? .returns(-Int(EIO)) : .happens
        },
        Row(testDescription: "its move fails, and its certificate cannot go back either", answered: 0) { from, _ in
            from.hasSuffix(".jwt") || from.contains("/active/") ? .returns(-Int(EIO)) : .happens
        },
    ]

    @Test("what was taken is answered, the fault is told with 75, and the next start answers the rest", arguments: rows)
    func fails(_ row: Row) throws {
        let site = try Site()
        _ = try site.refresh()
        for number in 1...5 { try site.drop(stem: "good-\(number)", number: number) }
        let place = CrashSite(root: site.folder.path, messages: try TemporaryFolder.inMemory())
        var stems: [String] = []
        let run = try TracedRun(place.command, at: place) { call in
            guard call.isMove, let (from, to) = Self.taking(call), let stem = Self.stem(from) else { return .happens }
            if !stems.contains(stem) { stems.append(stem) }
            return stems.firstIndex(of: stem) == 1 ? row.fate(from, to) : .happens
        }
        #expect(run.code == 75, "\(run.errors)")
        #expect(run.errors.contains("rename failed (Input/output error)"), "\(run.errors)")
        #expect(site.folder.results().count == row.answered, "\(site.folder.results())")
        #expect(try place.run().code == 0)
        let results = site.folder.results()
        #expect(results.count == 5 && results.allSatisfy { $0.hasSuffix(".accepted.json") }, "\(results)")
        #expect(site.folder.names("spool/active").isEmpty)
        #expect(site.folder.names("spool/incoming") == [".keep"])
        // Each once, with its certificate.
        let archived = place.files("spool/archive").compactMap { $0.split(separator: "/").last.map(String.init) }
        let names = (1...5).flatMap { ["good-\($0).jwt", "good-\($0).pem"] }
        #expect(archived.sorted() == names, "\(archived.sorted())")
    }

    @Test("of what waits is told too, and all of it goes on waiting")
    func waiting() throws {
        let site = try Site()
        _ = try site.refresh()
        for number in 1...3 { try site.drop(.unpublishedSoftwareKey, stem: "waits-\(number)", number: number) }
        #expect(try site.runAsOf("process").code == 2)
        let names = site.folder.names("spool/deferred").sorted()
        #expect(names.count == 6)
        let place = CrashSite(root: site.folder.path, messages: try TemporaryFolder.inMemory())
        var requests = 0
        let run = try TracedRun(place.command, at: place) { call in
            guard call.isMove, let (from, _) = Self.taking(call), from.hasSuffix(".jwt") else { return .happens }
            requests += 1
            return requests == 2 ? .returns(-Int(EIO)) : .happens
        }
        #expect(run.code == 75, "\(run.errors)")
        #expect(site.folder.names("spool/deferred").sorted() == names)
        #expect(try place.run().code == 2)
        #expect(site.folder.names("spool/deferred").sorted() == names)
        #expect(site.folder.results().isEmpty)
        #expect(site.folder.names("spool/active").isEmpty)
    }

    /// From where to where a call takes a file, or gives one back.
    private static func taking(_ call: ChangingCall) -> (from: String, to: String)? {
        guard call.paths.count == 2, call.kind.contains(" to ") else { return nil }
        let (from, to) = (call.paths[0], call.paths[1])
        let isTaken = to.contains("/spool/active/") && !from.contains("/spool/active/")
        let isBack = from.contains("/spool/active/") && to.contains("/spool/incoming/")
        return isTaken || isBack ? (from, to) : nil
    }

    private static func stem(_ path: String) -> String? {
        path.split(separator: "/").last?.split(separator: ".").first.map(String.init)
    }
}
