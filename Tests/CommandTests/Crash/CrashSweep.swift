import Dispatch
import Foundation
import Glibc
import Synchronization

/// Interrupts run after run of the same work, each at another call, and checks what the next start makes of it.
struct CrashSweep: Sendable {
    /// How a run ends, or what befalls it.
    enum Mishap: Sendable {
        /// The program ends, as by `kill -9`.
        case kill
        /// The same, and the start after it ends so as well.
        case killTwice
        /// The power is cut.
        case powerCut
        /// The call fails with this error, and the program goes on as it will.
        case fails(Int32)
    }

    /// What the line in the report begins with.
    let name: String
    let mishap: Mishap
    /// What the interrupted run finds.
    var kind = CrashTemplate.Kind.arriving
    /// What else is wrong with the machine in the first run; nil lets a call happen.
    var flaw: (@Sendable (ChangingCall, CrashSite) throws -> TracedRun.Fate?)?

    /// What a sweep found.
    struct Report: Sendable {
        /// Calls a run was interrupted at.
        var points = 0
        /// Points after which a consumer had seen something.
        var seen = 0
        /// Runs that ended by themselves as temporary (75).
        var temporary = 0
        /// Calls whose failure a run went on without, by name.
        var tolerated: [String: Int] = [:]
        /// What does not hold, one text a point.
        var bad: [String] = []
    }

    /// Interrupts at most `limit` of the calls, spread evenly, and tells in one line what came of it.
    func run(limit: Int = Self.limit) throws -> Report {
        let start = ContinuousClock.now
        let template = try CrashTemplate(kind)
        let calls = try Self.calls(template)
        // Threads make a call more or less from run to run: two more, so that the last is met.
        let last = calls + 2
        let points = limit >= last ? Array(1...last) : (0..<limit).map { 1 + $0 * (last - 1) / max(1, limit - 1) }
        let next = Atomic<Int>(0)
        let report = Mutex(Report())
        DispatchQueue.concurrentPerform(iterations: Self.jobs) { _ in
            do {
                let place = try place(template)
                while true {
                    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard index < points.count else { return }
                    try interrupt(at: points[index], of: calls, on: place, of: template, report)
                }
            } catch {
                report.withLock { $0.bad.append("the sweep cannot go on: \(error)") }
            }
        }
        let result = report.withLock { $0 }
        tell(result, of: calls, start.duration(to: .now))
        return result
    }

    private func place(_ template: CrashTemplate) throws -> any CrashPlace {
        if case .powerCut = mishap { return try PowerDisk(template) }
        return try MemoryPlace(template)
    }

    private func interrupt(
        at point: Int,
        of calls: Int,
        on place: any CrashPlace,
        of template: CrashTemplate,
        _ report: borrowing Mutex<Report>
    ) throws {
        let site = try place.fresh()
        var (seen, reached): ([String: [UInt8]], ChangingCall?) = ([:], nil)
        let run = try TracedRun(site.command, at: site) { call in
            guard call.number == point else { return try flaw?(call, site) ?? .happens }
            reached = call
            switch mishap {
            case .kill, .killTwice: return .kills
            case .fails(let error): return .returns(-Int(error))
            case .powerCut:
                seen = try site.visible()
                try place.cutPower()
                return .kills
            }
        }
        guard let reached else { return }
        var faults: [String] = []
        switch mishap {
        case .kill: seen = try site.visible()
        case .killTwice:
            // In turn among the calls of recovery, which come first, and anywhere.
            let second = 1 + (point.isMultiple(of: 2) ? point * 7 % 60 : point * 7919 % calls)
            _ = try TracedRun(site.command, at: site) { $0.number == second ? .kills : .happens }
            seen = try site.visible()
        case .powerCut: try place.restore()
        case .fails:
            seen = try site.visible()
            if run.code != 75, run.code != kind.code { faults.append("ended with \(run.code): \(run.errors)") }
        }
        faults += try afterwards(site, seen, template.work)
        let text = faults.isEmpty ? nil : "\(reached): \(faults.prefix(3).joined(separator: "; "))"
        let hasSeen = !seen.isEmpty
        report.withLock { report in
            report.points += 1
            if hasSeen { report.seen += 1 }
            if run.code == 75 { report.temporary += 1 }
            if run.code == kind.code { report.tolerated[reached.kind, default: 0] += 1 }
            if let text { report.bad.append(text) }
        }
    }

    /// Runs once more, as the next start would, and says what does not hold.
    private func afterwards(_ site: CrashSite, _ seen: [String: [UInt8]], _ work: CrashWork) throws -> [String] {
        let next = try site.run()
        var faults: [String] = []
        if next.code != 2, next.code != 0 { faults.append("the next start ended with \(next.code): \(next.errors)") }
        do {
            faults += try CrashInvariants(site: site, seen: seen, work: work).faults()
        } catch {
            faults.append("what is left cannot be read: \(error)")
        }
        return faults
    }

    private func tell(_ report: Report, of calls: Int, _ duration: Duration) {
        var parts = ["\(report.points) points of \(calls) calls", "\(report.bad.count) bad"]
        if case .fails = mishap {
            let names = report.tolerated.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            parts.append("\(report.temporary) ended with 75, went on after \(names.joined(separator: ", "))")
        }
        if report.seen > 0 { parts.append("\(report.seen) after a result was seen") }
        print("crash: \(name): \(parts.joined(separator: ", ")), \(duration.components.seconds) s")
        fflush(nil)
    }

    /// How many calls an undisturbed run makes that can change a file.
    private static func calls(_ template: CrashTemplate) throws -> Int {
        let site = try MemoryPlace(template).fresh()
        return try TracedRun(site.command, at: site) { _ in .happens }.calls
    }

    private static let wish = ProcessInfo.processInfo.environment["COUNTERFOIL_CRASH"]

    /// Whether every point is asked for, by `COUNTERFOIL_CRASH=all`; a run of all tests takes a sample.
    static let isComplete = wish == "all"

    /// How many points a sweep takes: every one where that is asked for, or as many as `COUNTERFOIL_CRASH` says.
    static let limit = isComplete ? Int.max : wish.flatMap { Int($0) } ?? 6

    private static let jobs = 2
}
