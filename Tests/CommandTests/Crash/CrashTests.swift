import Foundation
import Glibc
import Testing

/// The program, stopped before its calls one after another: after the next start everything is answered, once.
///
/// The proof that stands behind docs/ARCHITECTURE.md, "Durability". `make crash` takes every call; other runs take one of
/// each kind of step, and of two ends in turn pairs of the moments at which a group goes on.
@Suite(
    "The program, interrupted",
    .serialized,
    .enabled(if: TracedRun.isPossible, "skipped: this machine does not let a process trace what it starts")
)
struct CrashTests {
    @Test(
        "undisturbed: everything is answered, and a second run finds nothing to do",
        arguments: CrashTemplate.Kind.chosen
    )
    func undisturbed(_ kind: CrashTemplate.Kind) throws {
        let template = try CrashTemplate(kind)
        let work = template.work
        let site = try MemoryPlace(template).fresh()
        let run = try TracedRun(site.command, at: site) { _ in .happens }
        #expect(kind.codes.contains(run.code), "\(run.errors)")
        #expect(run.calls > 100)
        let seen = try site.visible()
        #expect(try CrashInvariants(site: site, seen: [:], work: work).faults() == [])
        #expect(try kind.codes.contains(site.run().code))
        #expect(try CrashInvariants(site: site, seen: seen, work: work).faults() == [])
        #expect(try site.visible() == seen)
    }

    @Test("killed at a call", arguments: CrashTemplate.Kind.chosen)
    func killed(_ kind: CrashTemplate.Kind) throws { try hold("kill -9 at a call", .kill, kind) }

    @Test("killed at a call, and at a call of the next start", arguments: CrashTemplate.Kind.chosen)
    func killedTwice(_ kind: CrashTemplate.Kind) throws {
        try hold("kill -9, and again in the next start", .killTwice, kind)
    }

    @Test("killed again and again", arguments: CrashTemplate.Kind.chosen)
    func killedOften(_ kind: CrashTemplate.Kind) throws {
        try hold("kill -9, and in three starts more", .killOften, kind)
    }

    @Test("a call fails", arguments: [("EIO", EIO), ("ENOSPC", ENOSPC)], CrashTemplate.Kind.chosen)
    func failed(_ error: (name: String, number: Int32), _ kind: CrashTemplate.Kind) throws {
        try hold("a call fails with \(error.name)", .fails(error.number), kind)
    }

    @Test("a move, a sync or a write of the log is done and told as failed", arguments: CrashTemplate.Kind.chosen)
    func failedLate(_ kind: CrashTemplate.Kind) throws {
        try hold("done and told as failed", .failsLate(EIO), kind)
    }

    @Test("the same, and killed before the next call", arguments: CrashTemplate.Kind.chosen)
    func failedLateAndKilled(_ kind: CrashTemplate.Kind) throws {
        try hold("done and told as failed, and kill -9", .failsLateAndKills(EIO), kind)
    }

    @Test(
        "half of a write is done, and told so; a call is interrupted by a signal: the run goes on",
        arguments: CrashTemplate.Kind.chosen
    )
    func shortWrites(_ kind: CrashTemplate.Kind) throws {
        try hold("half of a write is done", .writesHalf, kind)
        try hold("a call is interrupted", .interrupted, kind)
    }

    @Test("half of a write is done, and the disk is full for the rest", arguments: CrashTemplate.Kind.chosen)
    func filledUp(_ kind: CrashTemplate.Kind) throws {
        try hold("half of a write is done, then ENOSPC", .writesHalfAndFails(ENOSPC), kind)
    }

    @Test(
        "the power is cut at a call",
        .enabled(if: PowerDisk.obstacle == nil, "skipped: \(PowerDisk.obstacle ?? "")"),
        arguments: CrashTemplate.Kind.chosen
    )
    func powerCut(_ kind: CrashTemplate.Kind) throws { try hold("power cut at a call", .powerCut, kind) }

    /// What a sweep takes where not every call is asked for: what is dearer less, and what waited whole.
    private static func sample(_ mishap: CrashSweep.Mishap, _ kind: CrashTemplate.Kind) -> CrashPoints.Choice {
        if kind == .conflicting { return sampleOfConflicts(mishap) }
        return switch mishap {
        case .kill: .kinds(44)
        case .killTwice: .pairs(kind == .waiting ? 100 : 24)
        case .killOften: .pairs(6)
        case .fails(let error): .kinds(12, share: error == EIO ? 0 : 1)
        case .failsLate: .kinds(16)
        case .failsLateAndKills: .kinds(16, share: 1)
        case .writesHalf, .writesHalfAndFails: .kinds(6)
        case .interrupted: .kinds(4)
        case .powerCut: .kinds(8)
        }
    }

    /// Of the few steps by which a result is kept apart each at least once in some way.
    private static func sampleOfConflicts(_ mishap: CrashSweep.Mishap) -> CrashPoints.Choice {
        switch mishap {
        case .kill: .kinds(8)
        case .killTwice: .pairs(4)
        case .killOften, .powerCut: .pairs(2)
        case .fails(let error): .kinds(3, share: error == EIO ? 0 : 1)
        case .failsLate: .kinds(4)
        case .failsLateAndKills: .kinds(4, share: 1)
        case .writesHalf, .writesHalfAndFails, .interrupted: .kinds(1)
        }
    }

    /// Of more than two ends in turn there are too many to take each.
    private static func choice(_ mishap: CrashSweep.Mishap, _ kind: CrashTemplate.Kind) -> CrashPoints.Choice {
        if CrashSweep.isComplete, case .killOften = mishap { return .pairs(300) }
        return CrashSweep.choice(else: sample(mishap, kind))
    }

    private func hold(_ name: String, _ mishap: CrashSweep.Mishap, _ kind: CrashTemplate.Kind) throws {
        let sweep = CrashSweep(name: kind.title + name, mishap: mishap, kind: kind)
        let report = try sweep.run(Self.choice(mishap, kind))
        #expect(report.points > 0)
        #expect(report.bad.isEmpty, "\(report.bad.prefix(20).joined(separator: "\n"))")
    }
}
