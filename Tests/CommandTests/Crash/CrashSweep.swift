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
        /// The same, and three starts after it.
        case killOften
        /// The power is cut.
        case powerCut
        /// The call fails with this error, and the program goes on as it will.
        case fails(Int32)
        /// A move, a sync or a write to the ledger's log is done and told as failed with this error, as a disk may that
        /// fails behind it.
        case failsLate(Int32)
        /// The same, and the program ends before its next call: of a commit the ledger's log then has what was told as
        /// failed.
        case failsLateAndKills(Int32)
        /// Half of what the call is to write is written, and the call returns that.
        case writesHalf
        /// The same, and the next write to that file fails with this error.
        case writesHalfAndFails(Int32)
        /// A signal comes before the call is made, which returns EINTR.
        case interrupted

        /// How many of the next starts are killed too.
        var laterKills: Int {
            switch self {
            case .killTwice: 1
            case .killOften: 3
            default: 0
            }
        }

        /// Whether the program lives to see it.
        var isAnError: Bool {
            switch self {
            case .fails, .failsLate, .writesHalf, .writesHalfAndFails, .interrupted: true
            case .kill, .killTwice, .killOften, .powerCut, .failsLateAndKills: false
            }
        }

        /// Whether it is no error, so that the program must go on as if nothing had happened.
        var isHarmless: Bool {
            switch self {
            case .writesHalf, .interrupted: true
            default: false
            }
        }

        /// The calls it can befall.
        func befalls(_ call: ChangingCall) -> Bool {
            switch self {
            case .failsLate, .failsLateAndKills: call.isPerformable
            case .writesHalf, .writesHalfAndFails: call.byteCount > 1
            case .interrupted: call.isInterruptible
            case .kill, .killTwice, .killOften, .powerCut, .fails: true
            }
        }
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
        /// Ends of later starts.
        var again = 0
        /// Points after which a consumer had seen something.
        var seen = 0
        /// Runs that ended by themselves as temporary (75).
        var temporary = 0
        /// Calls whose failure a run went on without, by name.
        var tolerated: [String: Int] = [:]
        /// What does not hold, one text a point.
        var bad: [String] = []
    }

    /// Interrupts runs at the chosen calls, and tells in one line what came of it.
    func run(_ choice: CrashPoints.Choice) throws -> Report {
        let start = ContinuousClock.now
        let template = try CrashTemplate(kind)
        let calls = try Self.calls(template)
        let chosen = CrashPoints(choice, of: calls.filter(mishap.befalls), where: kind.isItsOwn)
        let next = Atomic<Int>(0)
        let report = Mutex(Report())
        DispatchQueue.concurrentPerform(iterations: Self.jobs) { _ in
            do {
                let place = try place(template)
                while true {
                    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                    guard index < chosen.points.count else { return }
                    try interrupt(at: index, of: chosen, on: place, of: template, report)
                }
            } catch {
                report.withLock { $0.bad.append("the sweep cannot go on: \(error)") }
            }
        }
        let result = report.withLock { $0 }
        tell(result, chosen.text, start.duration(to: .now))
        return result
    }

    private func place(_ template: CrashTemplate) throws -> any CrashPlace {
        if case .powerCut = mishap { return try PowerDisk(template) }
        return try MemoryPlace(template)
    }

    private func interrupt(
        at index: Int,
        of chosen: CrashPoints,
        on place: any CrashPlace,
        of template: CrashTemplate,
        _ report: borrowing Mutex<Report>
    ) throws {
        let site = try place.fresh()
        let point = chosen.points[index]
        var (seen, reached): ([String: [UInt8]], ChangingCall?) = ([:], nil)
        var (ofKind, ofAll, hasFailed) = (0, 0, false)
        let run = try TracedRun(site.command, at: site) { call in
            if reached != nil, case .failsLateAndKills = mishap { return .kills }
            if case .writesHalfAndFails(let error) = mishap, !hasFailed, call.isWrite, reached?.file == call.file {
                hasFailed = true
                return .returns(-Int(error))
            }
            guard mishap.befalls(call) else { return try flaw?(call, site) ?? .happens }
            ofAll += 1
            if call.kind == point.kind { ofKind += 1 }
            let number = point.kind == nil ? ofAll : call.kind == point.kind ? ofKind : 0
            guard number == point.number else { return try flaw?(call, site) ?? .happens }
            reached = call
            switch mishap {
            case .kill, .killTwice, .killOften: return .kills
            case .fails(let error): return .returns(-Int(error))
            case .interrupted: return .returns(-Int(EINTR))
            case .writesHalf, .writesHalfAndFails: return .writesHalf
            case .failsLate(let error), .failsLateAndKills(let error):
                return call.perform() ? .returns(-Int(error)) : .happens
            case .powerCut:
                seen = try site.visible()
                try place.cutPower()
                return .kills
            }
        }
        guard let reached else { return }
        var (faults, again): ([String], [ChangingCall]) = ([], [])
        switch mishap {
        case .kill, .killTwice, .killOften:
            seen = try site.visible()
            for next in chosen.later(behind: index, mishap.laterKills) {
                if let call = try kill(site, at: next) { again.append(call) }
                seen.merge(try site.visible()) { first, _ in first }
            }
        case .powerCut: try place.restore()
        case .failsLateAndKills: seen = try site.visible()
        case .fails, .failsLate, .writesHalf, .writesHalfAndFails, .interrupted:
            seen = try site.visible()
            let isGood = kind.codes.contains(run.code) || run.code == 75 && !mishap.isHarmless
            if !isGood { faults.append("ended with \(run.code): \(run.errors)") }
        }
        faults += try afterwards(site, seen, template.work)
        let calls = ([reached] + again).map(\.description).joined(separator: ", then ")
        let text = faults.isEmpty ? nil : "\(calls): \(faults.prefix(3).joined(separator: "; "))"
        let hasSeen = !seen.isEmpty
        report.withLock { report in
            report.points += 1
            report.again += again.count
            if hasSeen { report.seen += 1 }
            if run.code == 75 { report.temporary += 1 }
            if kind.codes.contains(run.code) { report.tolerated[reached.kind, default: 0] += 1 }
            if let text { report.bad.append(text) }
        }
    }

    /// Starts again and kills that start before a call; nil where it did not come to that.
    private func kill(_ site: CrashSite, at point: CrashPoints.Next) throws -> ChangingCall? {
        var turns = CallTurns()
        var reached: ChangingCall?
        _ = try TracedRun(site.command, at: site) { call in
            let isTurn = turns.begins(with: call)
            let isMet =
                switch point {
                case .turn(let turn): isTurn && turns.count == turn
                case .number(let number): call.number == number
                }
            if isMet { reached = call }
            return isMet ? .kills : .happens
        }
        return reached
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

    private func tell(_ report: Report, _ choice: String, _ duration: Duration) {
        var parts = ["\(report.points) points \(choice)", "\(report.bad.count) bad"]
        if mishap.isAnError {
            let names = report.tolerated.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            parts.append("\(report.temporary) ended with 75, went on after \(names.joined(separator: ", "))")
        }
        if report.again > 0 { parts.append("\(report.again) later starts ended too") }
        if report.seen > 0 { parts.append("\(report.seen) after a result was seen") }
        print("crash: \(name): \(parts.joined(separator: ", ")), \(duration.components.seconds) s")
        fflush(nil)
    }

    /// The calls of an undisturbed run that can change a file.
    private static func calls(_ template: CrashTemplate) throws -> [ChangingCall] {
        let site = try MemoryPlace(template).fresh()
        var calls: [ChangingCall] = []
        _ = try TracedRun(site.command, at: site) { call in
            calls.append(call)
            return .happens
        }
        return calls
    }

    private static let wish = ProcessInfo.processInfo.environment["COUNTERFOIL_CRASH"]

    /// Whether every point is asked for, by `COUNTERFOIL_CRASH=all`; a run of all tests takes a sample.
    static let isComplete = wish == "all"

    /// Every call, or as many as `COUNTERFOIL_CRASH` says, or the sample.
    static func choice(else sample: CrashPoints.Choice) -> CrashPoints.Choice {
        isComplete ? .every : wish.flatMap { Int($0) }.map { .evenly($0) } ?? sample
    }

    private static let jobs = 2
}
