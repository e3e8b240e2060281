import Encoding
import KeyCache
import Ledger
import OpenBanking
import Operations
import Pipeline
import Refresh
import Simulator
import Spool

/// The acts of the demonstration, each with the very parts the commands `refresh`, `process` and `status` are made of.
final class DemoActs {
    private let folder: DemoFolder
    private let server: SimulatedServer
    private let forge: RequestForge
    private let print: DemoPrinter
    private let share: DemoShare
    private let site: Site
    private var expectation = DemoExpectation()

    init(
        folder: DemoFolder,
        server: SimulatedServer,
        forge: RequestForge,
        requests: Int,
        print: DemoPrinter
    ) throws(Failure) {
        self.folder = folder
        self.server = server
        self.forge = forge
        self.print = print
        share = DemoShare(requests: requests)
        site = try Site(path: folder.configuration)
    }

    func play() throws(Failure) -> ExitStatus {
        let first = try forged { () throws(SimulatorError) in
            try Campaign(forge, count: share.first, faults: share.faults)
        }
        print.fact(
            "requests",
            "\(Figure.count(share.first + share.second + share.revoked + share.third)), of which "
                + "\(Figure.count(share.wrong)) are wrong in \(share.waysToBeWrong) known ways"
        )
        let refresh = try RefreshRun(site: site, route: try RefreshSource.route(site.configuration))
        let stage = try DemoStage(site: site, folder: folder, store: refresh.store, print: print)

        print.act(1, "Fetch the keys, then judge a bulk file and single files from the cache")
        try fetch(refresh)
        try drop(first, stage)
        try stage.process()

        let stale = try revokeAndRotate()
        print.act(2, "The directory rotates its key and revokes one of a TPP's; more requests come before we know")
        let second = try forged { () throws(SimulatorError) in
            try Campaign(current, count: share.second, numberedFrom: 200_000)
        }
        expectation.expect(second.items)
        try stage.drop(bulk: second.items, as: "after-rotation.ndjson")
        try stage.process()
        print.text("             unknown keys defer a request, they never refuse it; the next refresh wakes it\n")
        try fetch(refresh)
        try stage.drop(bulk: stale, as: "revoked-key.ndjson")
        try stage.process()

        server.stop()
        print.act(
            3,
            "The directory is gone: work goes on from the cache, and a file dropped twice issues nothing twice"
        )
        let third = try forged { () throws(SimulatorError) in
            try Campaign(current, count: share.third, numberedFrom: 300_000)
        }
        expectation.expect(third.items)
        try stage.drop(bulk: third.items, as: "offline.ndjson")
        try stage.drop(bulk: third.items, as: "offline-again.ndjson")
        expectation.repeats += third.items.count
        try stage.process()
        return try conclude(first)
    }

    private func fetch(_ refresh: RefreshRun) throws(Failure) {
        let report = try refresh.run(.all)
        let changed = report.lines.count { $0.outcome == .updated }
        let failed = report.failed
        let words = "\(Figure.plural(report.lines.count, "source", "sources")), \(changed) updated, \(failed) failed"
        print.fact("refresh", DemoPrinter.padded(words, 58) + "snapshot \(report.generationAfter)")
    }

    private func drop(_ campaign: Campaign, _ stage: DemoStage) throws(Failure) {
        expectation.expect(campaign.items)
        try stage.drop(bulk: Array(campaign.items.dropLast(share.singles)), as: "migration.ndjson")
        try stage.drop(singles: campaign.items.suffix(share.singles))
    }

    /// Requests signed before a key is revoked, to be dropped after it; then the revocation and the rotation.
    private func revokeAndRotate() throws(Failure) -> [ForgedItem] {
        try forged { () throws(SimulatorError) in
            let maker = current
            let software = maker.directory.software[0]
            let stale = try Campaign(maker, of: software, count: share.revoked, numberedFrom: 400_000)
            try maker.directory.revokeSoftwareKey(software.id)
            for item in expectation.waitingForSoftware { try maker.directory.rotateSoftwareKey(item) }
            try maker.directory.rotateDirectoryKey()
            try maker.directory.renewLists(at: Clock.system.now())
            expectation.expect(stale.items, brokenBy: .requestKeyNotRevoked)
            return stale.items
        }
    }

    /// The same forge at this moment.
    private var current: RequestForge {
        var forge = forge
        forge.now = Clock.system.now()
        return forge
    }

    private func conclude(_ first: Campaign) throws(Failure) -> ExitStatus {
        let found = try DemoResults.read(folder)
        let comparison = expectation.compare(found)
        print.text("\n")
        print.text(StatusScreen(try StatusReader(site).facts()).text(terminal: Terminal(descriptor: 1)))
        print.act(4, "What came of it")
        print.text(comparison.table)
        for line in comparison.differences.prefix(20) { print.text("  \(line)\n") }
        print.verdict(comparison.isGood, "\n  \(comparison.sentence)")
        try lookNext(first)
        return ExitStatus(comparison.isGood ? .done : .unexpected)
    }

    private func lookNext(_ first: Campaign) throws(Failure) {
        guard let wrong = first.items.first(where: { $0.fault == .foreignRedirect }), let request = wrong.request else {
            return
        }
        try forged { () throws(SimulatorError) in
            try FileWriter.write(request, to: "\(folder.path)/refused.jwt")
            if let certificate = wrong.certificate {
                try FileWriter.write(certificate, to: "\(folder.path)/refused.pem")
            }
        }
        let program = CommandLine.arguments.first ?? "counterfoil"
        print.text(
            """

              look next:
                \(program) explain --config \(folder.configuration) \(folder.path)/refused.jwt
                \(program) status --config \(folder.configuration)
                \(program) rules R-107
                ls \(folder.path)/spool/results/*/
              and remove it all: rm -r \(folder.path)


            """
        )
    }

    private func forged<R>(_ body: () throws(SimulatorError) -> R) throws(Failure) -> R {
        do throws(SimulatorError) {
            return try body()
        } catch {
            throw Failure(
                UserMessage("demo", "\(error)", remedy: "run it again; if it stays, report it as a defect"),
                name: error.code,
                .unexpected
            )
        }
    }
}
