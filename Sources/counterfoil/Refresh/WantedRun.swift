import Encoding
import KeyCache
import Operations
import Refresh

/// Takes in what an air-gapped site waits for, so that the next round fetches it.
struct WantedRun {
    let site: Site
    let store: KeyStore

    /// Keeps the sources a list names from now on; what does not count is told on standard error.
    func take(_ path: String) throws(Failure) {
        let file = try read(path)
        do throws(KeyStoreError) {
            _ = try store.upsert(file.seeds, at: site.clock.now())
            _ = try store.recordWanted(file.wanted)
        } catch {
            throw Failure(error)
        }
        guard let first = file.refused.first else { return }
        let others = file.refused.count > 1 ? " and \(file.refused.count - 1) more" : ""
        let message = UserMessage(
            path,
            "\(Printable.text(first))\(others) is not fetched: no address of the directory on an allowed host",
            remedy: "compare directory.allow_hosts and crl_hosts here with those of the site that made the list"
        )
        StandardError.write("\(message)\n")
    }

    private func read(_ path: String) throws(Failure) -> WantedFile {
        let remedy = "make it where requests wait: counterfoil status --missing --export FILE"
        let bytes: [UInt8]
        do throws(FileBytes.Fault) {
            bytes = try FileBytes.read(path, limit: WantedFile.byteLimit)
        } catch {
            throw Failure(UserMessage(path, "cannot be read: \(error.words)", remedy: remedy), name: "wanted", .usage)
        }
        do throws(WantedFile.Fault) {
            return try WantedFile.decode(bytes, site.configuration, at: site.clock.now())
        } catch {
            throw Failure(
                UserMessage(path, "is no list of wanted keys: \(error)", remedy: remedy),
                name: "wanted",
                .usage
            )
        }
    }
}
