import Fetch
import KeyCache
import Ledger
import Operations
import Pipeline
import Refresh
import Spool

extension Failure {
    /// The name of the failure that there is too little room to take anything.
    static let spaceLow = "spool_disk_low"

    /// The name of the failure that an operator asks for a pause.
    static let paused = "spool_paused"

    /// A fault of the spool or of one file in it.
    init(_ error: SpoolError) {
        let code: ExitCode
        switch error {
        case .locked: code = .locked
        case .missing: code = .uninitialised
        case .notFolder, .networkFileSystem, .mixedFileSystems, .insecure: code = .configuration
        case .conflict, .refused, .changed, .badName: code = .unexpected
        case .notWritable, .notReadable, .diskFull, .vanished, .io: code = .temporary
        }
        self.init(error, code)
    }

    /// A fault of the spool or of one file in it, ended with `code`.
    init(_ error: SpoolError, _ code: ExitCode) {
        let (thing, what) = Self.parts(error.description, default: "spool")
        self.init(UserMessage(thing, what, reference: error.code, remedy: error.remedy), name: error.code, code)
    }

    /// A fault of the ledger.
    init(_ error: LedgerError) {
        let code: ExitCode
        switch error {
        case .busy, .diskFull, .io, .cannotOpen, .abandoned: code = .temporary
        case .foreign, .newerSchema, .olderSchema, .notDurable: code = .configuration
        case .corrupt, .constraint, .readOnly, .missing, .misuse, .sqlite: code = .unexpected
        }
        let message = UserMessage("ledger", error.description, reference: error.code, remedy: error.remedy)
        self.init(message, name: error.code, code)
    }

    /// A fault of the cache.
    init(_ error: KeyStoreError) {
        let (code, remedy): (ExitCode, String) =
            switch error {
            case .busy: (.temporary, "wait for the other process; then run again")
            case .full: (.temporary, "free space on the cache's file system; then run again, nothing is lost")
            case .io: (.temporary, "check the disk and the kernel log; then run again, nothing is lost")
            case .cannotOpen(_, let reason) where reason.contains("SQLite"):
                (
                    .temporary,
                    "run as the user whose file it is; its folder must be one that can be written, for reading too: "
                        + "SQLite keeps its log there"
                )
            case .cannotOpen, .readOnly:
                (.temporary, "check refresh.cache in the configuration, and whose the file is")
            case .schemaTooOld: (.temporary, "run: counterfoil refresh, which brings it up to date")
            case .schemaTooNew: (.configuration, "run the version that wrote it, or a later one")
            case .corrupt, .unreadableBody:
                (.unexpected, "move the cache away and run: counterfoil refresh --all; keys are fetched anew")
            case .sql: (.unexpected, "report this as a fault of the program")
            case .unknownSource, .unknownHold: (.unexpected, "check the number")
            case .unknownGeneration: (.usage, "name one of these, or a time")
            case .notKept, .listNotKept: (.unexpected, "ask for a later generation")
            }
        self.init(
            UserMessage("cache", error.description, reference: error.code, remedy: remedy),
            name: error.code,
            code
        )
    }

    /// A fault that ended a pass over the spool.
    init(_ error: PipelineError) {
        switch error {
        case .spool(let error): self.init(error)
        case .ledger(let error): self.init(error)
        case .cache(let error): self.init(error)
        case .spaceLow(let path, let shortage):
            let message = UserMessage(
                path,
                "nothing is taken, \(shortage.words)",
                remedy: "\(shortage.remedy); nothing is lost"
            )
            self.init(message, name: Self.spaceLow, .temporary)
        case .paused(let path):
            let remedy = "remove the file to go on; nothing is lost"
            let message = UserMessage(path, "a pause is asked for, nothing is taken", remedy: remedy)
            self.init(message, name: Self.paused, .temporary)
        case .ledgerIsOlder(let note, _, _):
            let remedy =
                "restore the newest ledger, or check ledger.path; where none is newer, compare results/ and archive/"
                + " with it, for what it forgot would be issued again, then remove \(note)"
            let message = UserMessage("ledger", error.description, reference: "ledger.is_older", remedy: remedy)
            self.init(message, name: "ledger.is_older", .configuration)
        case .secretKey(let path, let errno): self.init(secretKey: path, errno: errno)
        case .random:
            let remedy = "check that /dev/urandom works in this container; then run again"
            self.init(UserMessage("random numbers", error.description, remedy: remedy), name: "random", .unexpected)
        case .sealing:
            let remedy = "check the key in results.seal_to, and that OpenSSL's policy allows it; nothing was issued"
            self.init(UserMessage("results", error.description, remedy: remedy), name: "sealing", .unexpected)
        case .stopped:
            self.init(UserMessage("process", error.description, remedy: "run it again"), name: "stopped", .temporary)
        }
    }

    /// A file that was asked for cannot be written.
    init(_ error: OutputFault) {
        self.init(
            UserMessage(error.path, "cannot be written: \(ErrorText.of(error.errno))", remedy: "name another place"),
            name: "export",
            ExitCode.ofSystemError(error.errno)
        )
    }

    /// The key of secret hashes cannot be read or made.
    init(secretKey path: String, errno number: Int32) {
        self.init(secretKey: path, ErrorText.of(number), ExitCode.ofSystemError(number))
    }

    /// The key of secret hashes is not as it was made.
    init(secretKey path: String, unfit fault: String) { self.init(secretKey: path, fault, .configuration) }

    private init(secretKey path: String, _ fault: String, _ code: ExitCode) {
        let remedy =
            "check that the file is 32 bytes, mode 0600, and belongs to this user; never replace it, stored hashes need it"
        let message = UserMessage(path, "cannot be used as the key of secret hashes: \(fault)", remedy: remedy)
        self.init(message, name: "secret_key", code)
    }

    /// A refresh that could not be made.
    init(_ error: RefreshError) {
        switch error {
        case .store(let error): self.init(error)
        case .unknownSource, .unknownOrganisation:
            let remedy = "list it in the sources file, or wait until a request names it"
            self.init(
                UserMessage("refresh", error.description, reference: error.code, remedy: remedy),
                name: error.code,
                .usage
            )
        }
    }

    /// The cache cannot be had for a refresh.
    init(_ error: RefreshLock.Fault) {
        switch error {
        case .held(let process):
            let who = process.map { "process \($0)" } ?? "another process"
            let remedy = "wait for it to end; a lock left by a dead process cannot exist"
            let message = UserMessage(
                "refresh",
                "the cache is being refreshed by \(who)",
                reference: "refresh.locked",
                remedy: remedy
            )
            self.init(message, name: "refresh.locked", .locked)
        case .unusable(let path, let number):
            let remedy = "check refresh.cache in the configuration, and that its folder belongs to this user"
            let message = UserMessage(path, "cannot be locked: \(ErrorText.of(number))", remedy: remedy)
            self.init(message, name: "refresh.lock", ExitCode.ofSystemError(number))
        }
    }

    /// A fetcher that cannot be made.
    init(_ error: FetchFailure) {
        let remedy = "check the section directory of the configuration: ca_file, client_certificate, client_key, proxy"
        self.init(
            UserMessage("refresh", error.description, reference: error.code, remedy: remedy),
            name: error.code,
            .configuration
        )
    }

    /// Splits `path: what` of a fault's text, so that the path is the thing.
    private static func parts(_ text: String, default thing: String) -> (String, String) {
        guard text.first == "/" || text.first == ".", let end = text.firstRange(of: ": ") else { return (thing, text) }
        return (String(text[..<end.lowerBound]), String(text[end.upperBound...]))
    }
}
