import Foundation
import Glibc
import Testing

/// The same proof with a machine, or a program, that breaks what it rests on: then it must fail, or it proves nothing.
///
/// The program itself cannot be talked into any of this: the tracer answers in the place of its calls.
@Suite(
    "The program, interrupted on a machine that breaks its word",
    .serialized,
    .enabled(if: CrashSweep.isComplete && TracedRun.isPossible, "skipped: part of make crash")
)
struct CrashControlTests {
    struct Control: CustomTestStringConvertible, Sendable {
        let name: String
        let mishap: CrashSweep.Mishap
        let flaw: @Sendable (ChangingCall, CrashSite) throws -> TracedRun.Fate?
        var testDescription: String { name }
    }

    static let controls = [
        Control(name: "control, no syncfs; power cut", mishap: .powerCut) { call, _ in
            call.name == "syncfs" ? .returns(0) : nil
        },
        Control(name: "control, synchronous=NORMAL; power cut", mishap: .powerCut) { call, _ in
            call.isSync && call.file?.hasSuffix("ledger.sqlite-wal") == true ? .returns(0) : nil
        },
        Control(name: "control, nothing synced; power cut", mishap: .powerCut) { call, _ in
            call.isSync ? .returns(0) : nil
        },
        Control(name: "control, published before the commit; kill -9", mishap: .kill) { call, site in
            // Between the barrier and the commit everything staged appears, before the ledger knows of it.
            guard call.isWrite, call.file?.hasSuffix("ledger.sqlite-wal") == true else { return nil }
            try publishEarly(site)
            return nil
        },
    ]

    @Test("the proof fails", arguments: controls)
    func bites(_ control: Control) throws {
        if case .powerCut = control.mishap, PowerDisk.obstacle != nil { return }
        let sweep = CrashSweep(name: control.name, mishap: control.mishap, flaw: control.flaw)
        let report = try sweep.run(.evenly(120))
        #expect(!report.bad.isEmpty)
    }

    private static func publishEarly(_ site: CrashSite) throws {
        let results = site.root + "/spool/results/2026-11-22"
        for name in site.files("spool/staging") where name.hasSuffix(".json") {
            mkdir(results, 0o750)
            rename(site.root + "/spool/staging/" + name, results + "/" + name)
        }
    }
}
