import Foundation
import Glibc
import Testing

/// The program, stopped before its calls one after another: after the next start everything is answered, once.
///
/// The proof that stands behind docs/ARCHITECTURE.md, "Durability". `make crash` takes every call, other runs a sample.
@Suite(
    "The program, interrupted",
    .serialized,
    .enabled(if: TracedRun.isPossible, "skipped: this machine does not let a process trace what it starts")
)
struct CrashTests {
    @Test(
        "undisturbed: everything is answered, and a second run finds nothing to do",
        arguments: [CrashTemplate.Kind.arriving, .waiting]
    )
    func undisturbed(_ kind: CrashTemplate.Kind) throws {
        let template = try CrashTemplate(kind)
        let work = template.work
        let site = try MemoryPlace(template).fresh()
        let run = try TracedRun(site.command, at: site) { _ in .happens }
        #expect(run.code == kind.code, "\(run.errors)")
        #expect(run.calls > (kind == .arriving ? 200 : 100))
        let seen = try site.visible()
        #expect(try CrashInvariants(site: site, seen: [:], work: work).faults() == [])
        #expect(try site.run().code == kind.code)
        #expect(try CrashInvariants(site: site, seen: seen, work: work).faults() == [])
        #expect(try site.visible() == seen)
    }

    @Test("killed at a call")
    func killed() throws { try hold(CrashSweep(name: "kill -9 at a call", mishap: .kill)) }

    @Test("killed at a call, and at a call of the next start")
    func killedTwice() throws { try hold(CrashSweep(name: "kill -9, and again in the next start", mishap: .killTwice)) }

    @Test("killed at a call while what waited is answered, once and twice")
    func killedWaiting() throws {
        try hold(CrashSweep(name: "what waited is answered, kill -9 at a call", mishap: .kill, kind: .waiting))
        let name = "what waited is answered, kill -9, and again in the next start"
        try hold(CrashSweep(name: name, mishap: .killTwice, kind: .waiting))
    }

    @Test("a call fails", arguments: [("EIO", EIO), ("ENOSPC", ENOSPC)])
    func failed(_ name: String, _ error: Int32) throws {
        try hold(CrashSweep(name: "a call fails with \(name)", mishap: .fails(error)))
        let later = "what waited is answered, a call fails with \(name)"
        try hold(CrashSweep(name: later, mishap: .fails(error), kind: .waiting))
    }

    @Test(
        "the power is cut at a call",
        .enabled(if: PowerDisk.obstacle == nil, "skipped: \(PowerDisk.obstacle ?? "")")
    )
    func powerCut() throws { try hold(CrashSweep(name: "power cut at a call", mishap: .powerCut)) }

    @Test(
        "the power is cut at a call while what waited is answered",
        .enabled(if: PowerDisk.obstacle == nil, "skipped: \(PowerDisk.obstacle ?? "")")
    )
    func powerCutWaiting() throws {
        try hold(CrashSweep(name: "what waited is answered, power cut at a call", mishap: .powerCut, kind: .waiting))
    }

    private func hold(_ sweep: CrashSweep) throws {
        let report = try sweep.run()
        #expect(report.points > 0)
        #expect(report.bad.isEmpty, "\(report.bad.prefix(20).joined(separator: "\n"))")
    }
}
