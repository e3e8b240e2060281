import ArgumentParser
import Bundle
import Crypto
import Encoding
import Operations

/// Makes a root to be signed by its key holders.
struct BundleInitRootCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "init-root",
        abstract: "Make a root: which keys sign bundles, and which sign roots.",
        discussion: """
            The file has no signature yet: each key holder adds one with bundle sign-root. With --previous it is the \
            root that follows; what is not given stays as it was there, except the expiry.

            Examples:
              openssl genpkey -algorithm ed25519 -out holder1.pem
              counterfoil bundle init-root --name example-bank --threshold 2 \\
                --root-key holder1.pem --root-key holder2.pub.pem \\
                --exporter-key exporter.pub.pem --out 1.root.json
            """
    )

    @Option(help: "The name of the repository, the same in all its roots.")
    var name: String?

    @Option(help: "A key that signs roots: a PEM file with either half, or a URI; once for each.")
    var rootKey: [String] = []

    @Option(help: "How many of them must sign; 2 where there are more than one.")
    var threshold: Int?

    @Option(help: "A key that signs bundles; once for each.")
    var exporterKey: [String] = []

    @Option(help: "How many days it is good.")
    var days = 365

    @Option(help: "The root it replaces.", completion: .file())
    var previous: String?

    @Option(help: "The file to make.", completion: .file())
    var out: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    var isForProgram: Bool { output.json }

    func validate() throws {
        guard previous == nil else { return }
        if name == nil || rootKey.isEmpty || exporterKey.isEmpty {
            throw ValidationError("A first root needs --name, --root-key and --exporter-key.")
        }
        if !(1...3660).contains(days) { throw ValidationError("--days is from 1 to 3660.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let old = try previous.map { path throws(Failure) in try RootFolder.read(path) }
        var roots: [VerifyingKey] = []
        for key in rootKey { roots.append(try KeyFile.verifying(key)) }
        var exporters: [VerifyingKey] = []
        for key in exporterKey { exporters.append(try KeyFile.verifying(key)) }
        if roots.isEmpty { roots = old?.rootKeys.sorted { $0.key < $1.key }.map(\.value) ?? [] }
        if exporters.isEmpty { exporters = old?.exporterKeys ?? [] }
        if let old, let name, name != old.repository {
            throw Failure(BundleFault(.misuse, "the root before is of the repository \(old.repository)"), out)
        }
        let draft = RootDraft(
            repository: name ?? old?.repository ?? "",
            version: (old?.version ?? 0) + 1,
            expires: time.clock.now() + Int64(days) * 86_400,
            rootKeys: roots,
            threshold: threshold ?? (rootKey.isEmpty ? old?.threshold : nil) ?? min(2, roots.count),
            exporterKeys: exporters
        )
        guard !Folders.exists(out) else { throw Failure(BundleFault(.misuse, "there is such a file already"), out) }
        let bytes: [UInt8]
        do throws(BundleFault) { bytes = try draft.file() } catch { throw Failure(error, out) }
        try FileExport.write(ByteSlice(bytes), to: out)
        try RootScreen.tell(RootFolder.read(out), previous: old, path: out, asJSON: output.json)
        return .done
    }
}
