import Crypto
import Foundation
import Simulator
import Testing

/// The two sides of an air gap and the medium between them, as the how-to has them.
///
/// The low side has a directory that is served over TLS by nginx in a network of its own; the high side has no network
/// at all.
final class AirGapSite {
    static let document = "docs/howto/air-gap.md"
    static let nginx = "/usr/sbin/nginx"

    let low: Site
    let high: Site
    /// The medium: the folder `carry` of both sides.
    let carry: TemporaryFolder
    private let lowNetwork: NetworkNamespace
    private let highNetwork: NetworkNamespace
    private let server: Running

    init() throws {
        let directory = try Present.directory.get()
        let portal = RequestForge(directory).portalClient
        let keystore = """
            {keystore: "\(directory.plan.baseURL)", crl_hosts: ["localhost:1"], \
            idp: {issuer: "\(directory.identityIssuer)", client_id: \(portal), jwks: "\(directory.identityKeysURL)"}
            """
        low = try Site(
            of: directory,
            ["bundle": "{roots: roots, key: exporter.pem}", "directory": "\(keystore), ca_file: tls.pem}"]
        )
        high = try Site(
            of: directory,
            [
                "refresh": Present.offline, "results": "{seal_to: recipient.jwk}", "policy": SecretSite.policy,
                "directory": "\(keystore)}",
            ]
        )
        carry = try TemporaryFolder()
        lowNetwork = try NetworkNamespace("low", hasLoopback: true)
        highNetwork = try NetworkNamespace("high")
        for side in [low, high] {
            try FileManager.default.createSymbolicLink(
                atPath: side.folder.path + "/carry",
                withDestinationPath: carry.path
            )
        }
        server = try Self.serve(low, in: lowNetwork)
        try fill(directory)
    }

    /// The shell of a side; the high side has been told the digest of the root as soon as there is one.
    func session(isHigh: Bool) throws -> ConsoleSession {
        if isHigh, low.folder.has("roots/1.root.json") {
            let digest = SHA256Digest.of(try low.folder.bytes("roots/1.root.json")).hex
            try high.folder.write(digest + "\n", to: "read-to-us.txt")
        }
        let (side, network) = isHigh ? (high, highNetwork) : (low, lowNetwork)
        return ConsoleSession(folder: side.folder, within: network.words)
    }

    /// Three requests for secrets of software the low side keeps, and one of software it has not heard of.
    private func fill(_ directory: SimulatedDirectory) throws {
        let late = directory.software[4].id
        let yaml = directory.sourcesYAML()
        let known = ["\"\(late)\", ", ", \"\(late)\"", "\"\(late)\""].reduce(yaml) { $0.replacing($1, with: "") }
        try #require(yaml.contains(late) && !known.contains(late))
        try low.folder.write(known, to: "sources.yaml")
        try high.folder.remove("sources.yaml")
        try high.folder.remove("mirror")
        let lines = try (1...4).map { try SecretSite(low).line(number: $0) + "\n" }
        try low.folder.write(lines.joined(), to: "batch.ndjson")
    }

    /// Serves the low side's mirror as the directory.
    private static func serve(_ site: Site, in network: NetworkNamespace) throws -> Running {
        let words = [
            "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", "tls.key", "-out", "tls.pem", "-days", "30", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost",
        ]
        let made = try Running(words: words, in: site.folder).wait()
        try #require(made.code == 0, "\(made.errors)")
        try site.folder.write(
            """
            daemon off; master_process off; pid nginx.pid; error_log nginx.log;
            events { worker_connections 64; }
            http {
              access_log access.log;
              client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;
              types { application/json jwks; }
              default_type application/octet-stream;
              server {
                listen 127.0.0.1:1 ssl;
                ssl_certificate tls.pem;
                ssl_certificate_key tls.key;
                root "mirror/\(site.forge.directory.host)";
              }
            }
            """,
            to: "nginx.conf"
        )
        let path = site.folder.path
        let server = try Running(
            words: network.words + [nginx, "-p", path, "-c", "\(path)/nginx.conf", "-e", "\(path)/nginx.log"],
            in: site.folder
        )
        let isReady = server.waits { site.folder.has("nginx.pid") || !server.isRunning } && server.isRunning
        try #require(isReady, "\(server.errors)")
        return server
    }
}
