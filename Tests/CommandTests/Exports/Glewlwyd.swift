import Foundation
import Glibc

/// A real authorization server, Glewlwyd of Debian, on a port of its own with a database in the test's folder.
final class Glewlwyd {
    static let isInstalled = Tool.path("glewlwyd") != nil && Tool.path("sqlite3") != nil && Tool.path("curl") != nil

    private static let schema = "/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz"

    let base: String
    private let folder: TemporaryFolder
    private let server: Running

    /// Starts the server with the scopes a client may ask for, and an OpenID Connect plugin that issues tokens.
    init(in folder: TemporaryFolder, scopes: [String]) throws {
        self.folder = folder
        try folder.write("gzip -dc \(Self.schema) | sqlite3 glewlwyd.db\n", to: "glewlwyd.sh")
        try Tool.run("sh", "glewlwyd.sh", in: folder)
        (server, base) = try Self.start(in: folder)
        try admin("/api/auth/", #"{"username":"admin","password":"password"}"#)
        for scope in scopes where scope != "openid" {
            try admin(
                "/api/scope/",
                #"{"name":"\#(scope)","display_name":"\#(scope)","password_required":false,"scheme":{}}"#
            )
        }
        try admin("/api/mod/plugin/", Self.plugin(base))
    }

    deinit {
        server.signal(SIGTERM)
        _ = try? server.wait()
    }

    /// Adds a client with a body as it was exported.
    func add(_ body: String) throws { try admin("/api/client/", body) }

    /// Asks for a token with the client's own credentials; the answer's status and body.
    func token(_ words: [String], scope: String) throws -> (status: String, body: String) {
        let fields = ["grant_type=client_credentials", "scope=\(scope)"]
        let status = try status(
            ["-o", "token.json", "-X", "POST"] + words + fields.flatMap { ["-d", $0] } + ["\(base)/api/oidc/token"]
        )
        return (status, (try? folder.text("token.json")) ?? "")
    }

    private func admin(_ path: String, _ body: String) throws {
        try folder.write(body, to: "body.json")
        let status = try status(
            "-b",
            "jar",
            "-c",
            "jar",
            "-o",
            "answer.json",
            "-X",
            "POST",
            "-H",
            "Content-Type: application/json",
            "-d",
            "@body.json",
            base + path
        )
        guard status == "200" else {
            let answer = (try? folder.text("answer.json")) ?? ""
            throw Running.Trouble(what: "glewlwyd answers \(status) to \(path): \(answer) for \(body)")
        }
    }

    private func status(_ words: String...) throws -> String { try status(words) }

    private func status(_ words: [String]) throws -> String { try Self.status(words, in: folder) }

    private static func status(_ words: [String], in folder: TemporaryFolder) throws -> String {
        let curl = ["/usr/bin/curl", "-s", "-w", "%{http_code}"]
        return try Running(words: curl + words, in: folder).wait().output
    }

    /// A server that answers, and its address.
    private static func start(in folder: TemporaryFolder) throws -> (Running, base: String) {
        guard let path = Tool.path("glewlwyd") else { throw Running.Trouble(what: "glewlwyd is not installed") }
        var errors = ""
        // A port that is free now may be another's when the server starts, which ends it: then once more.
        for _ in 0..<5 {
            let port = try freePort()
            try folder.write(configuration(port, folder.path), to: "glewlwyd.conf")
            let server = try Running(words: [path, "--config-file=\(folder.path)/glewlwyd.conf"], in: folder)
            let base = "http://127.0.0.1:\(port)"
            let isUp = try server.waits {
                try status(["-o", "/dev/null", "\(base)/config"], in: folder) == "200" && server.isRunning
            }
            if isUp { return (server, base) }
            errors = server.errors
        }
        throw Running.Trouble(what: "glewlwyd does not start: \(errors)")
    }

    /// A port nobody listens at just now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw Running.Trouble(what: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func configuration(_ port: Int, _ folder: String) -> String {
        """
        port=\(port)
        bind_address="127.0.0.1"
        external_url="http://127.0.0.1:\(port)"
        login_url="login.html"
        api_prefix="api"
        log_mode="console"
        log_level="WARNING"
        cookie_secure=0
        session_key="GLEWLWYD2_SESSION_ID"
        admin_scope="g_admin"
        profile_scope="g_profile"
        user_module_path="/usr/lib/glewlwyd/user"
        client_module_path="/usr/lib/glewlwyd/client"
        user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
        plugin_module_path="/usr/lib/glewlwyd/plugin"
        hash_algorithm="SHA512"
        database = { type = "sqlite3" path = "\(folder)/glewlwyd.db" }

        """
    }

    /// Key sets are fetched from a server with a certificate nobody knows: that is the test's, not what is tested.
    private static func plugin(_ base: String) -> String {
        """
        {"module":"oidc","name":"oidc","display_name":"oidc","parameters":{"iss":"\(base)/api/oidc","jwt-type":"sha",\
        "jwt-key-size":"256","key":"0123456789012345678901234567890123456789","code-duration":600,\
        "refresh-token-duration":1209600,"access-token-duration":3600,"refresh-token-rolling":true,\
        "allow-non-oidc":true,"auth-type-client-enabled":true,"auth-type-code-enabled":true,\
        "auth-type-token-enabled":true,"auth-type-id-token-enabled":true,"auth-type-password-enabled":false,\
        "auth-type-refresh-enabled":true,"request-parameter-allow":true,"client-pubkey-parameter":"pubkey",\
        "client-jwks-parameter":"jwks","client-jwks_uri-parameter":"jwks_uri","request-maximum-exp":3600,\
        "request-uri-allow-https-non-secure":true,"subject-type":"public"}}
        """
    }
}
