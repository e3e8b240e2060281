import Encoding
import Foundation
import Simulator
import Testing

@Suite("clients export: into a real authorization server")
struct GlewlwydTests {
    private static let policy = [
        "policy": "{certificate_profiles: {legacy: allow}, fapi: false, "
            + "auth_methods: [client_secret_basic, private_key_jwt]}"
    ]

    /// The bodies of an export, a line each.
    private static func bodies(_ site: Site) throws -> [String] {
        let name = try #require(
            site.folder.names("export").first { $0.hasSuffix(".ndjson") && !$0.contains("withheld") }
        )
        return try site.folder.text("export/\(name)").split(separator: "\n").map(String.init)
    }

    private static func text(_ body: String, _ member: String) throws -> String {
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(body))
        return try #require(document.root[member]?.text?.string)
    }

    @Test(
        "a client that was exported gets a token with its secret, and none with another",
        .enabled(if: Glewlwyd.isInstalled, "skipped: glewlwyd, sqlite3 or curl is not installed")
    )
    func secret() throws {
        let site = try Site(Self.policy)
        _ = try site.refresh()
        var draft = site.forge.request(for: site.forge.directory.software[0], number: 4)
        draft.claims["token_endpoint_auth_method"] = "client_secret_basic"
        draft.claims["token_endpoint_auth_signing_alg"] = nil
        try site.folder.write(try draft.line() + "\n", to: "spool/incoming/all.ndjson")
        #expect(try site.runAsOf("process").code == 0)
        let bare = try site.runAsOf("clients", "export", "--format", "glewlwyd", "--out", "export")
        #expect(bare.code == 2 && bare.errors.contains("left out 1 client: each needs its secret"), "\(bare.errors)")
        let words = ["clients", "export", "--format", "glewlwyd", "--out", "export", "--secrets-from", "spool"]
        let export = try Program.run(words + ["--as-of", Site.asOf], in: site.folder)
        #expect(export.code == 0, "\(export.errors)")
        let body = try #require(try Self.bodies(site).first)
        let (id, secret) = (try Self.text(body, "client_id"), try Self.text(body, "password"))
        let server = try Glewlwyd(in: site.folder, scopes: ["openid", "accounts", "payments", "fundsconfirmations"])
        try server.add(body)
        let good = try server.token(["-u", "\(id):\(secret)"], scope: "accounts")
        #expect(good.status == "200" && good.body.contains("access_token"), "\(good)")
        #expect(try server.token(["-u", "\(id):\(secret)x"], scope: "accounts").status == "403")
    }

    @Test(
        "a client that signs assertions gets a token with its key, from the key set the export names",
        .enabled(if: Glewlwyd.isInstalled, "skipped: glewlwyd, sqlite3 or curl is not installed")
    )
    func signedAssertion() throws {
        let directory = try SimulatedServer()
        defer { directory.stop() }
        var plan = DirectoryPlan(now: Site.now, baseURL: directory.baseURL)
        plan.keyPool = 12
        let site = try Site(of: try directory.start(plan), Self.policy)
        _ = try site.refresh()
        try site.drop()
        #expect(try site.runAsOf("process").code == 0)
        let export = try site.runAsOf("clients", "export", "--format", "glewlwyd", "--out", "export")
        #expect(export.code == 0, "\(export.errors)")
        let body = try #require(try Self.bodies(site).first)
        #expect(!body.contains("secret"))
        let id = try Self.text(body, "client_id")
        let server = try Glewlwyd(in: site.folder, scopes: ["openid", "accounts", "payments", "fundsconfirmations"])
        try server.add(body)
        let software = site.forge.directory.software
        for (key, status) in [(software[0].signing.key, "200"), (software[1].signing.key, "403")] {
            let now = UnixTime(Date().timeIntervalSince1970)
            let claims: DraftMembers = [
                "iss": .text(id), "sub": .text(id), "aud": .text("\(server.base)/api/oidc/token"),
                "jti": .text(UUID().uuidString), "iat": .number(now), "exp": .number(now + 300),
            ]
            let assertion = try TokenDraft(claims: claims, signedWith: key).compact()
            let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
            let words = ["client_id=\(id)", "client_assertion_type=\(type)", "client_assertion=\(assertion)"]
            let answer = try server.token(words.flatMap { ["--data-urlencode", $0] }, scope: "accounts")
            #expect(answer.status == status, "\(answer)")
        }
    }
}
