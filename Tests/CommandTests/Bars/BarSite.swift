import Foundation
import Glibc
import Simulator
import Testing

/// An installation on a disk of its own, in the present, driven by the program as an operator drives it.
struct BarSite {
    let disk: BarDisk
    let forge: RequestForge
    /// Its folder.
    let root: String

    /// Whether the bars are measured at their full size and held; otherwise they are only seen to work.
    static let isFull = ProcessInfo.processInfo.environment["COUNTERFOIL_BARS"] == "all"

    /// Makes one with a cache full of keys.
    init(megabytes: Int = 512, files: Int = 60_000, _ changes: [String: String] = [:]) throws {
        let site = try Site(of: try Present.directory.get(), changes)
        try #require(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        try site.folder.remove("mirror")
        disk = try BarDisk(megabytes: megabytes, files: files)
        root = disk.path + "/site"
        try Tool.run("cp", "-a", site.folder.path, root, in: disk.folder)
        forge = site.forge
    }

    /// Starts a command.
    func start(_ words: String...) throws -> Running {
        try Running([words[0], "--config", "\(root)/counterfoil.yaml"] + words.dropFirst(), in: disk.folder)
    }

    /// Runs a command to its end.
    func run(_ words: String...) throws -> Program.Result {
        try Running([words[0], "--config", "\(root)/counterfoil.yaml"] + words.dropFirst(), in: disk.folder).wait()
    }

    /// Starts the daemon and waits until it is ready.
    func daemon() throws -> Running {
        let daemon = try start("run")
        #expect(daemon.waits { daemon.errors.contains("service.ready") }, "\(daemon.errors)")
        return daemon
    }

    /// The same where the kernel gives no notices of new files; nil where that cannot be arranged.
    func daemonWithoutNotices() throws -> Running? {
        guard let unshare = Tool.path("unshare"), geteuid() == 0 else { return nil }
        let script = "echo 0 > /proc/sys/user/max_inotify_instances || exit 99; exec \"$0\" \"$@\""
        let words = [unshare, "-Ur", "sh", "-c", script, Program.path, "run", "--config", "\(root)/counterfoil.yaml"]
        let daemon = try Running(words: words, in: disk.folder)
        #expect(daemon.waits { daemon.errors.contains("service.ready") || !daemon.isRunning }, "\(daemon.errors)")
        return daemon.isRunning ? daemon : nil
    }

    /// Lets a file appear in the drop box.
    func drop(_ name: String, _ text: String) throws {
        let incoming = root + "/spool/incoming/"
        try Self.write(text, to: "\(incoming).\(name).tmp")
        rename("\(incoming).\(name).tmp", incoming + name)
    }

    /// Lets a request appear, with its certificate.
    func drop(_ item: ForgedItem, as stem: String) throws {
        if let certificate = item.certificate { try drop(stem + ".pem", certificate) }
        try drop(stem + ".jwt", item.request ?? "")
    }

    static func write(_ text: String, to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw Running.Trouble(what: "\(path) cannot be written (\(errno))") }
        defer { close(file) }
        var text = text
        let count = text.withUTF8 { Glibc.write(file, $0.baseAddress, $0.count) }
        guard count == text.utf8.count else { throw Running.Trouble(what: "\(path) cannot be written (\(errno))") }
    }

    /// The names in a folder of the spool, in no order.
    func names(_ folder: String) -> [String] {
        guard let stream = opendir("\(root)/spool/\(folder)") else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// The names of all results.
    var results: [String] { names("results").flatMap { names("results/\($0)") } }

    /// Brings everything written so far to the disk, so that what was laid out is not part of what is measured.
    func settle() throws { try Tool.run("sync", "-f", root, in: disk.folder) }

    /// Waits until there are so many results; how long it took from `start`.
    func waitForResults(_ count: Int, since start: ContinuousClock.Instant = .now) -> Double? {
        // Looking at many names often would be work of its own.
        let pause: UInt32 = count > 1000 ? 200_000 : 5000
        while Self.seconds(since: start) < 300 {
            if results.count >= count { return Self.seconds(since: start) }
            usleep(pause)
        }
        return nil
    }

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let parts = start.duration(to: .now).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }
}

extension Running {
    /// A line of the kernel's account of the process, such as the most memory it ever had (VmHWM), in MiB.
    func mebibytes(_ name: String) -> Int {
        let text = (try? TemporaryFolder.text(at: "/proc/\(process)/status")) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return (line?.split(separator: " ").dropFirst().first { Int($0) != nil }.flatMap { Int($0) } ?? 0) / 1024
    }

    /// Waits for its end; the most memory it ever had, in MiB.
    func mostMemory() -> Int {
        var most = 0
        followMemory { _ in most = max(most, mebibytes("VmHWM")) }
        return most
    }

    /// Tells the memory it has, in MiB, each 20 ms until it ends.
    func followMemory(_ tell: (Int) -> Void) {
        var hadSome = false
        for _ in 0..<30_000 where isRunning {
            let now = mebibytes("VmRSS")
            // What ended is still there until it is waited for, and has no memory.
            if now == 0, hadSome { break }
            hadSome = now > 0
            tell(now)
            usleep(20_000)
        }
    }

    /// Seconds of processor time it has used.
    var processorSeconds: Double {
        let text = (try? TemporaryFolder.text(at: "/proc/\(process)/stat")) ?? ""
        let words = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard words.count > 13, let user = Double(words[11]), let system = Double(words[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}

/// Tells a figure in one line, and holds it where bars are measured: a sample on a busy machine measures nothing.
enum Bar {
    static func tell(_ number: Int, _ text: String, holds: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
        let words = BarSite.isFull ? text + (holds ? "" : "  NOT HELD") : "a sample, " + text
        print("bar \(number): \(words)")
        fflush(nil)
        if BarSite.isFull { #expect(holds, "\(text)", sourceLocation: sourceLocation) }
    }

    static func number(_ value: Double) -> String { String(format: value < 10 ? "%.2f" : "%.1f", value) }
}
