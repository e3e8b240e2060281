import Encoding
import KeyCache
import Operations
import PKIX
import Pipeline
import Simulator
import Spool

/// The spool of the demonstration and the passes over it.
final class DemoStage {
    private let site: Site
    private let folder: DemoFolder
    private let store: KeyStore
    private let print: DemoPrinter
    private let processor: Processor
    private let anchors: TrustAnchors

    init(site: Site, folder: DemoFolder, store: KeyStore, print: DemoPrinter) throws(Failure) {
        self.site = site
        self.folder = folder
        self.store = store
        self.print = print
        anchors = try site.anchors()
        processor = Processor(spool: try site.spool(), ledger: try site.ledger(), keys: store, plan: try site.plan())
    }

    /// Drops items as one bulk file, safely: the name appears when the bytes are there.
    func drop(bulk items: [ForgedItem], as name: String) throws(Failure) {
        try submit(items.map { $0.line + "\n" }.joined(), name)
    }

    /// Drops items as single files: a request with its certificate, or a record.
    func drop(singles items: some Sequence<ForgedItem>) throws(Failure) {
        for item in items {
            guard let request = item.request else {
                try submit(item.line, item.name + ".json")
                continue
            }
            if let certificate = item.certificate { try submit(certificate, item.name + ".pem") }
            try submit(request, item.name + ".jwt")
        }
    }

    private func submit(_ text: String, _ name: String) throws(Failure) {
        do throws(SpoolError) {
            try Submission(to: site.configuration.spool.path).submit(ByteSlice(text), as: name)
        } catch {
            throw Failure(error)
        }
    }

    /// One pass over all that was dropped and all that waits.
    func process() throws(Failure) {
        let now = site.clock.now()
        let snapshot: Snapshot
        do throws(KeyStoreError) {
            snapshot = try Snapshot.load(store, anchors: anchors, at: now)
        } catch {
            throw Failure(error)
        }
        let result = try PassRun(processor: processor, site: site).run(snapshot, at: now)
        print.pass(result.tally)
    }

}
