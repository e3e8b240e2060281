import Crypto
import Encoding
import Foundation
import KeyCache
import Testing

@testable import Bundle

/// A directory as large as a bundle may be, exported and imported in one pass each.
@Suite("A large bundle", .serialized)
struct LargeBundleTests {
    /// 20,000 with `COUNTERFOIL_AIRGAP=all`, a sample otherwise.
    static let isComplete = ProcessInfo.processInfo.environment["COUNTERFOIL_AIRGAP"] == "all"
    static let sources = isComplete ? BundleLimits.sources : 400

    @Test("every source crosses the gap")
    func crosses() throws {
        let (low, high) = (try LowSide(), try HighSide())
        // The four of the low side are among them.
        let urls = (0..<Self.sources - 4).map { "https://keystore.example/o\($0)/s\($0).jwks" }
        try low.store.upsert(
            urls.enumerated().map { LowSide.seed($1, .software, "o\($0)", "s\($0)") },
            at: World.start - 100
        )
        let known = Dictionary(uniqueKeysWithValues: try low.store.allSources().map { ($0.url, $0) })
        for start in stride(from: 0, to: urls.count, by: 500) {
            let arrivals = urls[start..<min(start + 500, urls.count)].enumerated().compactMap { index, url in
                known[url].map { source in
                    let body = World.padded("CD", by: start + index)
                    return Arrival(.body(body, Validators()), for: source, at: World.start - 50)
                }
            }
            _ = try low.store.record(arrivals, anchors: World.anchors)
        }
        let before = Memory.reset()
        let clock = ContinuousClock.now
        let export = try low.export()
        let exported = clock.duration(to: .now)
        let exportPeak = Memory.peak()
        _ = Memory.reset()
        let begin = ContinuousClock.now
        let report = try high.take(file: low.folder.path("bundle.tar"))
        let imported = begin.duration(to: .now)
        let importPeak = Memory.peak()
        #expect(export.bodies == Self.sources && report.count(.updated) == Self.sources && report.isWhole)
        print(
            "bar: \(Self.sources) sources, \(export.bytes >> 20) MiB: export \(exported.components.seconds) s,"
                + " peak \(exportPeak) MB; import \(imported.components.seconds) s, peak \(importPeak) MB"
                + " (\(before) MB before, which holds the test itself)"
        )
        if Self.isComplete, Memory.canReset { #expect(max(exportPeak, importPeak) <= 200) }
    }
}

/// The memory of this process, in megabytes.
private enum Memory {
    /// Sets the peak back to what is used now, where the system lets us, and returns that.
    static func reset() -> Int {
        try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .ascii)
        return peak()
    }

    static let canReset = FileManager.default.isWritableFile(atPath: "/proc/self/clear_refs")

    static func peak() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) / 1000
    }
}
