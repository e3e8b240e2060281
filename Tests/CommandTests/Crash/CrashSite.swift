import Foundation

/// An installation with work to do, made once and copied for each crash.
struct CrashTemplate: Sendable {
    private let site: Site
    /// What must come of it.
    let work: CrashWork

    /// What the interrupted run finds.
    enum Kind: String, CaseIterable, Sendable {
        /// Work in the drop box.
        case arriving
        /// Requests that waited, and the keys they waited for.
        case waiting
        /// What a killed process left half done, an operator's wishes, and more work.
        case halfDone
        /// Work that meets other bytes under the names of some of its results.
        case conflicting

        /// Those that `COUNTERFOIL_CRASH_KINDS` names, with a comma between; all where it names none.
        static let chosen: [Kind] = {
            let names = ProcessInfo.processInfo.environment["COUNTERFOIL_CRASH_KINDS"]?.split(separator: ",")
            return names?.compactMap { Kind(rawValue: String($0)) } ?? allCases
        }()

        /// What a run ends with that answers everything: some of what arrives is refused as a file; where a call failed, what
        /// waits on may not have been tried.
        var codes: Set<Int32> {
            switch self {
            case .arriving: [2]
            case .waiting: [0]
            case .halfDone, .conflicting: [0, 2]
            }
        }

        /// What a line in the report begins with.
        var title: String {
            switch self {
            case .arriving: ""
            case .waiting: "what waited is answered, "
            case .halfDone: "half done work is ended, "
            case .conflicting: "names of results are taken, "
            }
        }

        /// Whether a sample is to take a kind of call: of one whose other calls other kinds have, what is its own.
        func isItsOwn(_ call: ChangingCall) -> Bool {
            guard case .conflicting = self else { return true }
            return call.kind.contains(" spool/failed/") || call.kind.hasPrefix("remove spool/staging/")
        }
    }

    init(_ kind: Kind = .arriving) throws {
        site = try Site(["process": "{workers: 2, group_requests: 8}"])
        switch kind {
        case .arriving:
            _ = try site.refresh()
            work = try CrashWork(site)
        case .waiting: work = try CrashWork(waitingAt: site)
        case .halfDone: work = try CrashWork(halfDoneAt: site)
        case .conflicting:
            _ = try site.refresh()
            work = try CrashWork(conflictingAt: site)
        }
        try site.folder.remove("mirror")
    }

    /// Copies it into a folder that is made.
    func copy(to root: String, _ messages: TemporaryFolder) throws -> CrashSite {
        try Tool.run("cp", "-a", site.folder.path, root, in: messages)
        return CrashSite(root: root, messages: messages)
    }
}

/// An installation to be interrupted.
struct CrashSite: Sendable {
    /// Its folder.
    let root: String
    /// Where runs write what they say.
    let messages: TemporaryFolder

    /// What is run and interrupted.
    var command: [String] { ["process", "-q", "--config", "\(root)/counterfoil.yaml", "--as-of", Site.asOf] }

    /// Runs it to its end, as the next start would.
    func run() throws -> Program.Result { try Program.run(command, in: messages) }

    /// Every visible result by its path, with its bytes.
    func visible() throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for path in files("spool/results") {
            found[path] = try bytes("spool/results/\(path)")
        }
        return found
    }

    /// The bytes of a file below its folder.
    func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(path)")))
    }

    /// Every plain file below a folder, as paths from there.
    func files(_ folder: String) -> [String] {
        everything(folder).filter { path in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: "\(root)/\(folder)/\(path)", isDirectory: &isFolder)
            return exists && !isFolder.boolValue
        }
    }

    /// Everything below a folder, of whatever kind.
    func everything(_ folder: String) -> [String] {
        FileManager.default.subpaths(atPath: "\(root)/\(folder)") ?? []
    }
}
