import Foundation
import Testing

/// An installation below a folder with the users, groups and folders that the package makes, from the files it ships.
///
/// Commands run in a mount namespace where these users are the system's, under their real numbers. Needs root.
final class InstalledSite {
    /// Whether this process may become others and mount.
    static let canBeMade: Bool = {
        guard getuid() == 0, let folder = try? TemporaryFolder() else { return false }
        let words = ["unshare", "-m", "sh", "-c", "mount --bind /tmp /mnt && command -v setpriv systemd-tmpfiles"]
        return (try? Running(words: words, in: folder).wait().code) == 0
    }()
    static let reason: Comment = "skipped: needs root, mount namespaces, setpriv and systemd-tmpfiles"

    static let spool = "var/spool/counterfoil"
    static let library = "var/lib/counterfoil"

    let site: Site
    private var base: String { site.folder.path }

    init() throws {
        site = try Site([
            "refresh": "{cache: \(Self.library)/cache/cache.sqlite, sources: sources.yaml}",
            "spool": "{path: \(Self.spool), min_free: 1MiB}",
            "ledger": "{path: \(Self.library)/ledger.sqlite}",
        ])
        let systemd = ConsoleDocument.root.appending(path: "etc/systemd").path
        try site.folder.write("root:x:0:0::/root:/bin/sh\n", to: "etc/passwd")
        try site.folder.write("root:x:0:\n", to: "etc/group")
        try expect(["systemd-sysusers", "--root=\(base)", "\(systemd)/counterfoil.sysusers"])
        for (number, name) in ["ada", "bob", "carol", "dave"].enumerated() {
            try append("\(name):x:\(61_001 + number):65534::/:/bin/sh\n", to: "etc/passwd")
        }
        // Ada and Bob drop requests, Carol reads results, Dave is a stranger.
        try join(["ada", "bob"], to: "counterfoil-submit")
        try join(["carol"], to: "counterfoil-results")
        try expect(inside: ["systemd-tmpfiles", "--root=\(base)", "--create", "\(systemd)/counterfoil.tmpfiles"])
        // The program may lie where only we can go.
        try expect(["cp", "--reflink=auto", Program.path, "\(base)/counterfoil"])
    }

    /// Runs the program as a user with the user's groups; `before` are words in front of it, such as `strace`.
    func run(as user: String, _ arguments: [String], before: [String] = []) throws -> Program.Result {
        try command(as: user, before + ["\(base)/counterfoil"] + arguments)
    }

    /// Runs any command likewise, in the folder of the installation.
    func command(as user: String, _ words: [String]) throws -> Program.Result {
        let change = ["setpriv", "--reuid=\(user)", "--regid=\(try group(of: user))", "--init-groups"]
        let harmless = ["--inh-caps=-all", "--no-new-privs", "--"]
        // Named, because in a namespace of users root's file looks like nobody's.
        let named = ["COUNTERFOIL_CONFIG": "counterfoil.yaml"]
        return try Running(words: inside(change + harmless + words), in: site.folder, named).wait()
    }

    /// Mode, owner and group of a file, such as `2750 counterfoil counterfoil-results`.
    func rights(_ path: String) throws -> String {
        let result = try Running(words: inside(["stat", "-c", "%a %U %G", path]), in: site.folder).wait()
        return String(result.output.dropLast())
    }

    private func inside(_ words: [String]) -> [String] {
        // What is not the installation's own may be read by all, whatever the umask of the tests.
        let script = """
            find . -path ./var -prune -o -exec chmod a+rX {} + &&
            mount --bind etc/passwd /etc/passwd && mount --bind etc/group /etc/group && exec "$@"
            """
        return ["unshare", "-m", "sh", "-c", script, "sh"] + words
    }

    private func expect(_ words: [String]) throws {
        let result = try Running(words: words, in: site.folder).wait()
        try #require(result.code == 0, "\(words): \(result.errors)")
    }

    private func expect(inside words: [String]) throws { try expect(inside(words)) }

    /// The number of a user's own group.
    private func group(of user: String) throws -> String {
        let line = try site.folder.text("etc/passwd").split(separator: "\n").first { $0.hasPrefix("\(user):") }
        return String(try #require(line).split(separator: ":", omittingEmptySubsequences: false)[3])
    }

    private func append(_ text: String, to name: String) throws {
        try site.folder.write(try site.folder.text(name) + text, to: name)
    }

    private func join(_ users: [String], to group: String) throws {
        let lines = try site.folder.text("etc/group").split(separator: "\n").map { line in
            guard line.hasPrefix("\(group):") else { return String(line) }
            return line + (line.hasSuffix(":") ? "" : ",") + users.joined(separator: ",")
        }
        try site.folder.write(lines.map { $0 + "\n" }.joined(), to: "etc/group")
    }
}
