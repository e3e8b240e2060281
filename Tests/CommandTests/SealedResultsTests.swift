import Encoding
import Foundation
import Simulator
import Testing

@Suite("Sealed results")
struct SealedResultsTests {
    /// Recipients' keys as somebody makes them with OpenSSL.
    static let kinds = [
        ("RSA", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "RSA-OAEP-256"),
        ("P-256", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "ECDH-ES+A256KW"),
    ]

    /// A site that seals to a key in `recipient.pem`.
    private func sealing(_ words: [String]) throws -> SecretSite {
        let secret = try SecretSite(["results": "{seal_to: recipient.jwk}"])
        let genpkey = ["/usr/bin/openssl", "genpkey", "-out", "recipient.pem"] + words
        #expect(try Running(words: genpkey, in: secret.site.folder).wait().code == 0)
        let recipient = try secret.site.run("results", "recipient", "recipient.pem")
        #expect(recipient.code == 0, "\(recipient.errors)")
        #expect(!recipient.output.contains("\"d\""))
        try secret.site.folder.write(recipient.output, to: "recipient.jwk")
        return secret
    }

    @Test("no response is readable, and the recipient opens each", arguments: kinds)
    func sealed(_ kind: String, _ words: [String], _ algorithm: String) throws {
        let secret = try sealing(words)
        let site = secret.site
        #expect(try site.run("config", "check").output.contains(" by \(algorithm) with A256GCM"))
        _ = try site.refresh()
        try secret.drop()
        let result = try site.runAsOf("process")
        #expect(result.code == 2, "\(result.errors)")
        let lines = try secret.lines()
        #expect(lines.count == 5)
        for line in lines {
            #expect(!line.contains("\"response\"") && !line.contains("client_secret"), "\(line)")
            #expect(line.contains("\"sealed\":\"ey") == !line.contains("\"outcome\":\"deferred\""))
        }
        let opened = try site.run("results", "open", "--key", "recipient.pem", site.folder.results()[0])
        #expect(opened.code == 0, "\(opened.errors)")
        let all = site.folder.results().filter { !$0.hasSuffix(".summary.json") }
        let everything = try Program.run(["results", "open", "--key", "recipient.pem"] + all, in: site.folder)
        #expect(everything.code == 0 && everything.output.split(separator: "\n").count == 5)
        let secrets = SecretSite.secrets(in: everything.output)
        #expect(Set(secrets).count == 3)
        #expect(everything.output.contains("\"error\":\"invalid_redirect_uri\""))
        for line in everything.output.split(separator: "\n") {
            let document = JSONDocument(limits: .record)
            try document.parse(ByteSlice(String(line)))
            #expect(document.root["sealed"] == nil)
        }
        // What was opened was written out by these two runs, and nowhere else.
        for run in [opened, everything] { try site.folder.remove(".out.\(run.number)") }
        #expect(try SecretSite.files(below: site.folder.path, holding: secrets) == [])
        #expect(site.folder.names("spool/staging").isEmpty)
    }

    @Test("what waits, repeats, reads or is updated is sealed like the rest")
    func others() throws {
        let secret = try sealing(Self.kinds[1].1)
        let site = secret.site
        _ = try site.refresh()
        try site.folder.write(try secret.line(number: 2), to: "spool/incoming/first.json")
        _ = try site.runAsOf("process")
        let first = try #require(site.folder.results().first)
        let id = try #require(
            try site.run("results", "open", "--key", "recipient.pem", first).output
                .firstMatch(of: /"client_id":"([^"]+)"/)?.1
        )
        let certificate = try #require(site.forge.request(for: site.forge.directory.software[2], number: 2).certificate)
        let read = """
            {"operation":"read","client_id":"\(id)","ref":"read","transport_certificate":\(quoted(certificate)),\
            "tls_possession":"attested"}
            """
        try site.folder.write(read, to: "spool/incoming/read.json")
        try site.folder.write(try secret.line(number: 2), to: "spool/incoming/again.json")
        _ = try site.runAsOf("process")
        let answers = try secret.lines()
        #expect(answers.count == 3)
        #expect(answers.allSatisfy { !$0.contains("\"response\"") })
        #expect(answers.contains { $0.contains("\"outcome\":\"duplicate\"") && !$0.contains("sealed") })
        #expect(answers.contains { $0.contains("\"ref\":\"read\"") && $0.contains("\"sealed\":\"ey") }, "\(answers)")
    }

    @Test("explain says of a sealed result what is not sealed, and the client the ledger has")
    func explained() throws {
        let secret = try sealing(Self.kinds[1].1)
        let site = secret.site
        _ = try site.refresh()
        try site.folder.write(try secret.line(number: 2), to: "spool/incoming/good.json")
        try site.drop(.foreignRedirect, stem: "bad", number: 3)
        _ = try site.runAsOf("process")
        let results = site.folder.results()
        let good = try #require(results.first { $0.hasSuffix(".accepted.json") })
        let bad = try #require(results.first { $0.hasSuffix(".rejected.json") })
        let clients = try site.run("clients", "list", "--json").output
        let client = try #require(clients.firstMatch(of: /"client_id":"([^"]+)"/))
        let accepted = try site.run("explain", good)
        #expect(accepted.code == 0 && accepted.output.contains(client.1), "\(accepted)")
        #expect(accepted.output.contains("sealed; its recipient opens it: counterfoil results open"), "\(accepted)")
        let json = try site.run("explain", good, "--json").output
        #expect(json.contains("\"client_id\":\"\(client.1)\",\"sealed\":true") && !json.contains("\"sealed\":\"ey"))
        let rejected = try site.run("explain", bad)
        for words in [
            "REJECTED   invalid_redirect_uri", "R-107 FAIL",
            "Your request is answered with the error invalid_redirect_uri.",
        ] {
            #expect(rejected.output.contains(words), "\(words): \(rejected)")
        }
        // Where there is no ledger, such as at the recipient's, what the result says is enough.
        try site.folder.remove("state/ledger.sqlite")
        #expect(try site.run("explain", good).output.contains("ACCEPTED"))
    }

    @Test("the wrong key opens nothing, says so line by line, and names no secret")
    func wrongKey() throws {
        let secret = try sealing(Self.kinds[1].1)
        let site = secret.site
        _ = try site.refresh()
        try secret.drop()
        _ = try site.runAsOf("process")
        let words = ["/usr/bin/openssl", "genpkey", "-out", "other.pem"] + Self.kinds[1].1
        #expect(try Running(words: words, in: site.folder).wait().code == 0)
        let batch = try #require(site.folder.results().first { $0.hasSuffix(".ndjson") })
        let result = try site.run("results", "open", "--key", "other.pem", batch)
        #expect(result.code == 2)
        #expect(result.errors.contains("\(batch):1: is not opened: it was sealed to another key, or changed since"))
        #expect(result.errors.contains("\(batch):2: "))
        // The line that waits has nothing sealed and comes out as it is.
        #expect(result.output.split(separator: "\n").count == 1)
    }

    @Test("a recipient that cannot be used stops everything before anything is issued")
    func badRecipient() throws {
        let secret = try sealing(Self.kinds[1].1)
        let site = secret.site
        _ = try site.refresh()
        try secret.drop()
        try site.folder.write(try site.folder.text("recipient.pem"), to: "recipient.jwk")
        for command in [["process"], ["process", "--dry-run"], ["config", "check"]] {
            let result = try Program.run(command, in: site.folder)
            #expect(result.code == 78, "\(command): \(result.errors)")
            #expect(result.errors.contains("recipient.jwk: is no key to seal results to: it is not a JWK"))
            #expect(result.errors.contains("counterfoil results recipient KEY"))
        }
        try site.folder.remove("recipient.jwk")
        #expect(try site.runAsOf("process").code == 78)
        #expect(site.folder.names("spool/incoming").contains("single.jwt"))
    }

    private func quoted(_ text: String) -> String {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.string(text)
        return buffer.all.string
    }
}
