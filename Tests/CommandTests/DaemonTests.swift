import Glibc
import OpenBanking
import Simulator
import Testing

@Suite("run")
struct DaemonTests {
    /// A site of the present, its cache filled from the mirror.
    private func site() throws -> Site {
        let site = try Site(of: try Present.directory.get())
        #expect(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        return site
    }

    private func start(_ site: Site) throws -> Running {
        let daemon = try Running(["run"], in: site.folder)
        #expect(daemon.waits { daemon.errors.contains("\"event\":\"service.ready\"") }, "\(daemon.errors)")
        return daemon
    }

    @Test("answers what is dropped while it runs, with the directory out of reach")
    func answers() throws {
        let site = try site()
        let daemon = try start(site)
        let item = try site.make()
        try site.write(item, to: "late")
        #expect(try site.run("submit", "late.jwt").output == "submitted late.pem\nsubmitted late.jwt\n")
        #expect(daemon.waits { site.folder.results().contains { $0.hasSuffix(".accepted.json") } }, "\(daemon.errors)")
        daemon.signal(SIGTERM)
        let result = try daemon.wait()
        #expect(result.code == 143)
        #expect(result.errors.contains("\"event\":\"batch.done\""))
        for secret in ["eyJ", "client_secret", "BEGIN"] { #expect(!result.errors.contains(secret)) }
    }

    @Test("keeps the old configuration where the new one has a fault, and takes a good one")
    func reload() throws {
        let site = try site()
        let daemon = try start(site)
        try site.folder.write("workerz: 3\n", to: "counterfoil.yaml")
        daemon.signal(SIGHUP)
        #expect(daemon.waits { daemon.errors.contains("service.reload_failed") }, "\(daemon.errors)")
        #expect(daemon.errors.contains("unknown key"))
        try site.configure(["policy": "{certificate_profiles: {legacy: allow}, overrides: {R-107: warning}}"])
        daemon.signal(SIGHUP)
        #expect(daemon.waits { daemon.errors.contains("\"event\":\"service.reload\"") }, "\(daemon.errors)")
        #expect(daemon.isRunning)
        daemon.signal(SIGINT)
        #expect(try daemon.wait().code == 130)
    }

    @Test("logs one status line when asked")
    func status() throws {
        let site = try site()
        let daemon = try start(site)
        daemon.signal(SIGUSR1)
        #expect(daemon.waits { daemon.errors.contains("service.status") }, "\(daemon.errors)")
        #expect(daemon.errors.contains("no pass yet"))
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
    }

    @Test("an empty cache is fetched before it is ready, and systemd hears that the start goes on")
    func slowStart() throws {
        let site = try Site(of: try Present.directory.get())
        let socket = try NotifySocket("\(site.folder.path)/notify")
        let variables = ["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "2000000"]
        let daemon = try Running(["run"], in: site.folder, variables)
        var heard: [String] = []
        let isHeard = daemon.waits {
            heard += socket.messages()
            return heard.contains { $0.hasPrefix("STATUS=fetching keys for the first time\nEXTEND_TIMEOUT_USEC=") }
        }
        #expect(isHeard, "\(heard)")
        #expect(!heard.contains { $0.hasPrefix("READY=1") }, "\(heard)")
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
    }

    @Test("tells systemd that it is ready, alive, reading its configuration again, and stopping")
    func notifies() throws {
        let site = try site()
        let socket = try NotifySocket("\(site.folder.path)/notify")
        let variables = ["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "2000000"]
        let daemon = try Running(["run"], in: site.folder, variables)
        var heard: [String] = []
        let isHeard = daemon.waits {
            heard += socket.messages()
            return heard.contains { $0.hasPrefix("READY=1\nSTATUS=snapshot ") } && heard.contains("WATCHDOG=1")
        }
        #expect(isHeard, "\(heard)")
        #expect(heard.first?.hasPrefix("STATUS=opening cache and ledger\nEXTEND_TIMEOUT_USEC=") == true, "\(heard)")
        daemon.signal(SIGHUP)
        heard = []
        let isReloaded = daemon.waits {
            heard += socket.messages()
            return heard.contains("READY=1\nSTATUS=configuration read again")
        }
        #expect(isReloaded, "\(heard)")
        #expect(heard.contains { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") }, "\(heard)")
        try site.drop(stem: "work")
        heard = []
        let isTold = daemon.waits {
            heard += socket.messages()
            return heard.contains { $0.hasPrefix("STATUS=snapshot ") && $0.contains("1 accepted") }
        }
        #expect(isTold, "\(heard)")
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
        let last = socket.messages()
        #expect(last.contains { $0.hasPrefix("STOPPING=1\n") && $0.contains("\nEXTEND_TIMEOUT_USEC=") }, "\(last)")
    }

    @Test("--once-ready ends as soon as there are keys")
    func onceReady() throws {
        let result = try site().run("run", "--once-ready")
        #expect(result.code == 0)
        #expect(result.errors.contains("service.ready"))
    }

    @Test("--once-ready is refused where no key can be had")
    func neverReady() throws {
        let result = try Site(of: try Present.directory.get()).run("run", "--once-ready")
        #expect(result.code == 3)
        #expect(!result.errors.contains("service.ready"))
    }
}
