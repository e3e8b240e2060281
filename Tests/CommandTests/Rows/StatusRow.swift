import Encoding
import Simulator
import Testing

/// A state an installation can be in, and what `status` must say of it.
struct StatusRow: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Sections of the configuration that differ.
    let changes: [String: String]
    /// How long after the directory's time it is looked at, in seconds.
    let after: Int64
    /// The exit code of `--check`.
    let code: Int32
    /// What the JSON says, in one line.
    let golden: String
    let prepare: @Sendable (Site) throws -> Void

    init(
        _ name: String,
        settings changes: [String: String] = [:],
        after: Int64 = 0,
        exit code: Int32,
        _ golden: String,
        _ prepare: @escaping @Sendable (Site) throws -> Void = { try $0.fill() }
    ) {
        testDescription = name
        self.changes = changes
        self.after = after
        self.code = code
        self.golden = golden
        self.prepare = prepare
    }
}

extension Site {
    /// Fills the cache from the mirror.
    func fill() throws { #expect(try refresh().code == 0) }

    /// Goes over all sources again, some time later; whatever fails does.
    func refreshAgain(after seconds: Int64) throws {
        let time = Timestamp.rfc3339(Self.now + seconds)
        _ = try run("refresh", "--all", "--mirror", "mirror", "--as-of", time)
    }

    /// The mirrored body of the directory's own set.
    var directoryFile: String { mirrored(KeyStorePath.directory) }

    /// The mirrored body of a software's set, by its number.
    func softwareFile(_ number: Int) -> String {
        let one = forge.directory.software[number]
        return mirrored(KeyStorePath.keys(one.organisation.id, one.id))
    }

    private func mirrored(_ path: String) -> String { "mirror/\(forge.directory.host)\(path)" }
}
