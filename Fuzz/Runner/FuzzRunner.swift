import Glibc

/// libFuzzer's own loop: the package manager renames main, so the loop is called, not linked in.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Fuzzes the target that COUNTERFOIL_FUZZ_TARGET names; the arguments are libFuzzer's.
///
/// A broken property stops it as a crash does, and so does an input that costs more CPU time than the bound.
@main
struct FuzzRunner {
    nonisolated(unsafe) static var target = FuzzTarget.all[0]
    nonisolated(unsafe) static var slowest: UInt64 = 0
    nonisolated(unsafe) static var accepted: UInt64 = 0
    nonisolated(unsafe) static var bound: UInt64 = 100_000

    static func main() {
        let name = getenv("COUNTERFOIL_FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let found = FuzzTarget.all.first(where: { $0.name == name }) else {
            for target in FuzzTarget.all { print(target.name) }
            exit(name.isEmpty ? 0 : 64)
        }
        target = found
        if let text = getenv("COUNTERFOIL_FUZZ_MILLISECONDS"), let number = UInt64(String(cString: text)) {
            bound = number * 1_000
        }
        // What is made once on first use is not the first input's to pay for.
        _ = try? target.check(Genuine.kept.record)
        _ = try? target.check(Genuine.kept.request)
        atexit {
            FuzzRunner.say(
                "stat::slowest_microseconds: \(FuzzRunner.slowest)\nstat::accepted: \(FuzzRunner.accepted)\n"
            )
        }
        var arguments = CommandLine.arguments.map { strdup($0) } + [strdup("-max_len=\(target.byteLimit)"), nil]
        var count = Int32(arguments.count - 1)
        let status = arguments.withUnsafeMutableBufferPointer { buffer in
            var base = buffer.baseAddress
            return withUnsafeMutablePointer(to: &base) { runDriver(&count, $0) { FuzzRunner.run($0, $1) } }
        }
        exit(status)
    }

    private static func run(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
        let input = [UInt8](UnsafeBufferPointer(start: bytes, count: count))
        var cost = once(input)
        // A slow input is slow every time; a busy machine is not.
        for _ in 0..<2 where cost > bound { cost = min(cost, once(input)) }
        slowest = max(slowest, cost)
        if cost > bound {
            say("too slow: \(cost) microseconds of CPU time\n")
            abort()
        }
        return 0
    }

    /// Checks once and returns the CPU time in microseconds.
    private static func once(_ input: [UInt8]) -> UInt64 {
        let start = clock()
        do {
            if try target.check(input) { accepted += 1 }
        } catch {
            say("\(target.name): \(error)\n")
            abort()
        }
        return clock() - start
    }

    /// Writes a text to standard error at once.
    private static func say(_ text: String) {
        var bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, &bytes, bytes.count)
    }

    private static func clock() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1_000
    }
}
