import Glibc
import Testing

/// What the refresh of a faulty source costs, printed for `make bars-cache` where it asks: a line of `fault`, the test's
/// name, milliseconds, KiB by which the process grew at most, and `good` once the last good key verified.
///
/// The faulty server is in the same process, and its memory counts.
struct FaultMeter {
    static let isWanted = getenv("COUNTERFOIL_CACHE_BARS") != nil

    private let began = FaultMeter.milliseconds()
    private let peak: Int
    private var cost: (milliseconds: Int, kibibytes: Int)?

    init() {
        // 5 sets the peak back to what is in use now (proc(5)).
        if let file = fopen("/proc/self/clear_refs", "w") {
            fputs("5", file)
            fclose(file)
        }
        peak = Self.peak()
    }

    /// The refresh has ended.
    mutating func stop() { cost = (Self.milliseconds() - began, max(0, Self.peak() - peak)) }

    /// The last good key verified.
    func print() {
        guard let cost, let name = Test.current?.displayName else { return }
        Swift.print("fault\t\(name)\t\(cost.milliseconds)\t\(cost.kibibytes)\tgood")
    }

    private static func milliseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// The most memory the process has used, in KiB.
    private static func peak() -> Int {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("VmHWM:") { return Int(text.split(separator: " ").dropLast().last ?? "") ?? 0 }
        }
        return 0
    }
}
