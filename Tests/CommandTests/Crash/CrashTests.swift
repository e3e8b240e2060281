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
    @Test("undisturbed: everything is answered, and a second run finds nothing to do")
    func undisturbed() throws {
        let template = try CrashTemplate()
        let work = template.work
        let site = try MemoryPlace(template).fresh()
        let run = try TracedRun(site.command, at: site) { _ in .happens }
        #expect(run.code == 2, "\(run.errors)")
        #expect(run.calls > 200)
        let seen = try site.visible()
        #expect(try CrashInvariants(site: site, seen: [:], work: work).faults() == [])
        #expect(try site.run().code == 2)
        #expect(try CrashInvariants(site: site, seen: seen, work: work).faults() == [])
        #expect(try site.visible() == seen)
    }

    @Test("killed at a call")
    func killed() throws { try hold(CrashSweep(name: "kill -9 at a call", mishap: .kill)) }

    @Test("killed at a call, and at a call of the next start")
    func killedTwice() throws { try hold(CrashSweep(name: "kill -9, and again in the next start", mishap: .killTwice)) }

    @Test("a call fails", arguments: [("EIO", EIO), ("ENOSPC", ENOSPC)])
    func failed(_ name: String, _ error: Int32) throws {
        try hold(CrashSweep(name: "a call fails with \(name)", mishap: .fails(error)))
    }

    @Test(
        "the power is cut at a call",
        .enabled(if: PowerDisk.obstacle == nil, "skipped: \(PowerDisk.obstacle ?? "")")
    )
    func powerCut() throws { try hold(CrashSweep(name: "power cut at a call", mishap: .powerCut)) }

    private func hold(_ sweep: CrashSweep) throws {
        let report = try sweep.run()
        #expect(report.points > 0)
        #expect(report.bad.isEmpty, "\(report.bad.prefix(20).joined(separator: "\n"))")
    }
}
