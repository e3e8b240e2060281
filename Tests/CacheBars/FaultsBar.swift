import Foundation

/// B10, B11 and B15 from what the fault tests print when they are asked to measure: `fault`, a test's name, the
/// milliseconds of the refresh, the KiB its process grew by at most, whether the last good key verified, tab apart.
enum FaultsBar {
    private struct Fault {
        let name: String
        let milliseconds: Int
        let kibibytes: Int
        let isGood: Bool

        init?(_ line: Substring) {
            let parts = line.split(separator: "\t")
            guard parts.count == 5, parts[0].hasSuffix("fault"), let ms = Int(parts[2]), let kib = Int(parts[3]) else {
                return nil
            }
            (name, milliseconds, kibibytes, isGood) = (String(parts[1]), ms, kib, parts[4] == "good")
        }
    }

    /// Reads the tests' output from standard input.
    static func measure() -> [BarLine] {
        var faults: [Fault] = []
        var hasPassed = false
        while let line = readLine() {
            if let fault = Fault(line[...]) { faults.append(fault) }
            if line.contains("Test run with"), line.contains("passed") { hasPassed = true }
        }
        let numbers = Set(faults.compactMap { $0.name.split(separator: " ").first }.filter { $0.hasPrefix("F") })
        let good = faults.count { $0.isGood }
        let largest = faults.max { $0.kibibytes < $1.kibibytes }
        let longest = faults.max { $0.milliseconds < $1.milliseconds }
        return [
            BarLine(
                "B10",
                "each fault: memory grows by <= 8 MiB",
                "\(faults.count) faults of \(numbers.count) kinds, most \((largest?.kibibytes ?? 0)) KiB (\(largest?.name ?? "-"))",
                !faults.isEmpty && (largest?.kibibytes ?? .max) <= 8 << 10
            ),
            BarLine(
                "B11",
                "each fault ends within 10.5 s",
                "longest \(longest?.milliseconds ?? 0) ms (\(longest?.name ?? "-"))",
                !faults.isEmpty && (longest?.milliseconds ?? .max) <= 10_500
            ),
            BarLine(
                "B15",
                "after each fault the last good key verifies",
                "\(good)/\(faults.count) here; of 26 such faults PyJWT 2.15.1 kept it in 10, cryptojwt 1.11.0 in 20",
                hasPassed && !faults.isEmpty && good == faults.count
            ),
        ]
    }
}
