import Encoding
import Exports
import JOSE
import Ledger
import Operations

/// An export with what a site brings to it: its ledger, and the key that proves secrets.
struct ExportJob {
    let site: Site
    let folder: String
    let secretsFrom: String?
    /// Where result files with software statements are.
    var statementsFrom: String?
    /// The file of the private key that opens sealed results.
    let unsealWith: String?

    /// Makes the export that `order` asks of the ledger.
    func run(_ order: (ExportLedger) throws(Failure) -> ExportOrder) throws(Failure) -> ExportOutcome {
        // A ledger is never made here: what is asked for is what is in it.
        _ = try ClientReader(site)
        let ledger = try site.ledger()
        let now = site.clock.now()
        let asked = try order(ExportLedger(ledger: ledger, now: now))
        let statements = try statementsFrom.map { folder throws(Failure) in
            StatementSource(folder: try present(folder), unseal: try unsealing())
        }
        let secrets = try secretsFrom.map { folder throws(Failure) in try source(folder) }
        do throws(ExportError) {
            return try ExportRun(
                asked,
                from: ledger,
                into: folder,
                secrets: secrets,
                statements: statements,
                at: now
            )
            .run()
        } catch {
            throw Failure(error)
        }
    }

    private func source(_ folder: String) throws(Failure) -> SecretSource {
        let folder = try present(folder)
        let path = "\(Folders.parent(of: site.configuration.ledger.path))/secret.key"
        let proof = try SecretKeyFile(path: path).existing()
        return SecretSource(folder: folder, key: proof, unseal: try unsealing())
    }

    private func present(_ folder: String) throws(Failure) -> String {
        guard Folders.exists(folder) else {
            let remedy = "name the spool, its results, or a folder with copies of result files"
            throw Failure(UserMessage(folder, "is not there", remedy: remedy), name: "export.secrets", .usage)
        }
        return folder
    }

    private func unsealing() throws(Failure) -> SecretSource.Unsealing? {
        guard let unsealWith else { return nil }
        let opener = JWEOpener(try RecipientKeyFile.load(unsealWith))
        return { sealed in
            do throws(JWEFault) { return ByteSlice(try opener.open(sealed)) } catch { return nil }
        }
    }
}

/// What the ledger says of earlier exports.
struct ExportLedger {
    let ledger: Ledger
    let now: UnixTime

    /// The last whole export of a format.
    func last(_ format: ExportFormat) throws(Failure) -> ExportRecord? {
        do throws(LedgerError) {
            return try ledger.read(at: now) { group throws(LedgerError) in
                try group.exports.latest(format: format.rawValue)
            }
        } catch {
            throw Failure(error)
        }
    }
}
