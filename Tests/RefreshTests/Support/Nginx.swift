import Glibc
import Testing

/// A real web server for one test: Debian's nginx on loopback ports, gone with its folder at the end.
final class Nginx {
    static let binary = "/usr/sbin/nginx"
    static var isInstalled: Bool { access(binary, X_OK) == 0 }

    let folder: TemporaryFolder
    let port: Int
    let process: pid_t

    /// Starts a server of which `servers` are the server blocks; `$port` in them is the port chosen.
    ///
    /// Files are served from `www` in the folder, certificates lie beside it under the names in `identities`.
    init(servers: String, identities: [String: TestAuthority.Identity], folder: TemporaryFolder) throws {
        self.folder = folder
        for (name, identity) in identities {
            try folder.write("\(name).pem", identity.certificate)
            try folder.write("\(name).key", identity.key)
        }
        folder.makeFolder("www")
        // A port that is free now may be another's when the server starts: then once more.
        for _ in 0..<5 {
            let port = try Loopback.freePort()
            try folder.write("nginx.conf", Self.configuration(servers.replacing("$port", with: "\(port)")))
            let process = try Self.start(folder.path)
            if try Self.isReady(process, folder) {
                (self.port, self.process) = (port, process)
                return
            }
            Self.end(process)
            folder.delete("error.log")
        }
        throw NoPort()
    }

    /// No port could be had.
    private struct NoPort: Error {}

    /// Waits until the server has all its ports, which is when it writes its number down; false when one is taken.
    private static func isReady(_ process: pid_t, _ folder: TemporaryFolder) throws -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(300)
        while true {
            if folder.read("error.log").contains("bind() to") { return false }
            if !folder.read("nginx.pid").isEmpty { return true }
            var status: Int32 = 0
            try #require(waitpid(process, &status, WNOHANG) == 0, "nginx ended: \(folder.read("error.log"))")
            try #require(clock.now < deadline, "nginx did not start")
            usleep(2000)
        }
    }

    private static func end(_ process: pid_t) {
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    deinit { Self.end(process) }

    /// The requests served so far, one a line: host, path, status, If-None-Match, Accept.
    var accessLog: [String] { folder.read("access.log").split(separator: "\n").map(String.init) }

    /// The same once there are so many lines: a line is written after its answer was sent.
    func accessLog(lines count: Int) -> [String] {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(300)
        while accessLog.count < count, clock.now < deadline { usleep(2000) }
        return accessLog
    }

    private static func configuration(_ servers: String) -> String {
        """
        daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log error.log;
        events { worker_connections 256; }
        http {
          log_format short '$host $request_uri $status "$http_if_none_match" "$http_accept"';
          access_log access.log short;
          client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
          types { application/json jwks; }
          root www;
        \(servers)
        }
        """
    }

    private static func start(_ folder: String) throws -> pid_t {
        let words = [binary, "-p", folder, "-c", "\(folder)/nginx.conf", "-e", "\(folder)/error.log"]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Nothing that another test has open at this moment.
        for descriptor in Int32(3)..<1024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var process: pid_t = 0
        try #require(posix_spawn(&process, binary, &actions, nil, &arguments, nil) == 0)
        return process
    }
}
