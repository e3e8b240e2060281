import ArgumentParser
import Bundle
import Crypto
import Encoding
import KeyCache
import Operations

/// Makes a signed bundle of the cache.
struct BundleExportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all cached keys, their history and revocations into a signed bundle.",
        discussion: """
            Refresh first: a bundle is as old as what was fetched. With --since it leaves out bodies that a bundle of \
            that number had; only a site that imported that one can use it.

            Examples:
              counterfoil bundle export --out /media/stick/
              counterfoil bundle export --out keys.tar --since 122
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "The file to write, or a folder, for a name of its own.", completion: .file())
    var out: String

    @Option(help: "Leave out what did not change since the bundle of this number.")
    var since: Int64?

    @Option(help: "The folder of roots; bundle.roots where not given.", completion: .directory)
    var roots: String?

    @Option(help: "A key that signs it: a PEM file, or a URI; bundle.key where not given.")
    var key: [String] = []

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let names = key.isEmpty ? [site.configuration.bundle.key].filter { !$0.isEmpty } : key
        guard !names.isEmpty else {
            throw Failure(BundleFault(.misuse, "there is no key to sign with: give --key, or set bundle.key"), out)
        }
        let store = try site.existingCache()
        let files = try RootFolder.load(roots ?? site.configuration.bundle.roots)
        var keys: [SigningKey] = []
        for name in names { keys.append(try KeyFile.signing(name)) }
        let request = ExportRequest(
            roots: files.map(\.bytes),
            keys: keys,
            life: site.configuration.bundle.life.seconds,
            since: since,
            time: site.clock.now()
        )
        let report: ExportReport
        let path = try place(store, files.last?.repository ?? "")
        do throws(DeskFault<BundleFault>) {
            report = try BundleExport(store, request).write(to: path)
        } catch {
            throw Failure(error, path)
        }
        if output.json {
            StandardOutput.line(BundleJSON.export(report))
        } else if !settings.quiet {
            StandardOutput.show(BundleScreen.export(report))
        }
        return .done
    }

    /// In a folder the file is named after the repository and its number.
    private func place(_ store: KeyStore, _ repository: String) throws(Failure) -> String {
        guard out.hasSuffix("/") || Folders.isFolder(out) else { return out }
        let version: Int64
        do throws(KeyStoreError) { version = (try store.exportedBundle()?.version ?? 0) + 1 } catch {
            throw Failure(error)
        }
        let digits = String(version)
        let number = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        return "\(out.hasSuffix("/") ? String(out.dropLast()) : out)/obcache-\(repository)-v\(number).tar"
    }
}
