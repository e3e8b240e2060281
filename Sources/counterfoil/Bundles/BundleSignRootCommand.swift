import ArgumentParser
import Bundle
import Encoding
import Operations

/// Adds one key holder's signature to a root.
struct BundleSignRootCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-root",
        abstract: "Sign a root with one key, beside the signatures it has.",
        discussion: """
            A root that follows another is signed by keys of both: name the one before with --previous. Look at what \
            is signed first; the command prints it.

            Examples:
              counterfoil bundle sign-root 1.root.json --key holder1.pem
              counterfoil bundle sign-root 2.root.json --previous 1.root.json \\
                --key "pkcs11:token=roots;object=holder2"
            """
    )

    @Argument(help: "The root's file.", completion: .file())
    var file: String

    @Option(help: "The private key: a PEM file, or a URI.")
    var key: String

    @Option(help: "The root it replaces.", completion: .file())
    var previous: String?

    @OptionGroup var output: OutputOptions

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let root = try RootFolder.read(file)
        let old = try previous.map { path throws(Failure) in try RootFolder.read(path) }
        if let old, old.version + 1 != root.version || old.repository != root.repository {
            let detail = "it is version \(root.version) of \(root.repository), and does not follow --previous"
            throw Failure(BundleFault(.misuse, detail), file)
        }
        let signed: RootFile
        let key = try KeyFile.signing(key)
        do throws(BundleFault) { signed = try root.adding(key, previous: old) } catch { throw Failure(error, file) }
        try FileExport.write(ByteSlice(signed.bytes), to: file)
        RootScreen.tell(signed, previous: old, path: file, asJSON: output.json)
        return .done
    }
}
