import Testing

@Suite("clients export: from sealed results")
struct SealedExportTests {
    @Test("secrets come out of sealed results with the recipient's private key, and not without")
    func unsealed() throws {
        let secret = try SecretSite(["results": "{seal_to: recipient.jwk}"])
        let site = secret.site
        try Tool.run(
            "openssl",
            "genpkey",
            "-algorithm",
            "RSA",
            "-out",
            "\(site.folder.path)/recipient.pem",
            in: site.folder
        )
        try site.folder.write(try site.run("results", "recipient", "recipient.pem").output, to: "recipient.jwk")
        _ = try site.refresh()
        try secret.drop()
        _ = try site.runAsOf("process")
        let order = ["clients", "export", "--format", "rfc7591", "--secrets-from", "spool", "--as-of", Site.asOf]
        let closed = try Program.run(order + ["--out", "closed"], in: site.folder)
        #expect(closed.code == 2 && closed.errors.contains("has a sealed result"), "\(closed.errors)")
        let open = try Program.run(order + ["--out", "open", "--unseal-with", "recipient.pem"], in: site.folder)
        #expect(open.code == 0, "\(open.errors)")
        let text = try site.folder.names("open").filter { $0.hasSuffix(".ndjson") }
            .map { try site.folder.text("open/\($0)") }.joined()
        let exported = SecretSite.secrets(in: text)
        let results = site.folder.results().filter { !$0.hasSuffix(".summary.json") && !$0.hasSuffix(".ack.json") }
        let opened = try Program.run(["results", "open", "--key", "recipient.pem"] + results, in: site.folder)
        #expect(!exported.isEmpty && Set(exported) == Set(SecretSite.secrets(in: opened.output)))
        #expect(
            try site.folder.names("closed").allSatisfy {
                try !site.folder.text("closed/\($0)").contains("client_secret\"")
            }
        )
    }
}
