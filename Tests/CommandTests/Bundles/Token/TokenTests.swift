import Crypto
import Testing

@Suite(
    "Keys in a token",
    .enabled(if: Token.isHere, "skipped: SoftHSM or the PKCS#11 provider is missing (make install-test-tools)")
)
struct TokenTests {
    @Test("roots and bundles are signed by keys that never leave their token, one of each kind")
    func signs() throws {
        let key = "pkcs11:token=vault;object=exporter;type=private"
        let site = try Site(["bundle": "{roots: roots, key: \"\(key)\"}"])
        let token = try Token(in: site.folder)
        func run(_ words: String...) throws -> Program.Result {
            try Program.run(words, in: site.folder, token.environment)
        }
        var uris: [String: String] = [:]
        for (id, (name, scheme)) in [
            ("exporter", SigningScheme.ed25519), ("edwards", .ed25519), ("nist", .ecdsaP256), ("rsa", .rsaPSS),
        ].enumerated() {
            let made = try SigningKey.generate(scheme)
            try site.folder.write(try #require(made.pkcs8PEM), to: "\(name).pem")
            uris[name] = try token.take("\(name).pem", as: name, id: "0\(id)")
        }
        #expect(uris["exporter"] == key)
        try site.folder.write("", to: "roots/.keep")
        var words = ["bundle", "init-root", "--name", "vaulted", "--threshold", "3", "--exporter-key", key]
        for name in ["edwards", "nist", "rsa"] { words += ["--root-key", try #require(uris[name])] }
        words += ["--out", "roots/1.root.json", "--as-of", Site.asOf]
        let made = try Program.run(words, in: site.folder, token.environment)
        #expect(made.code == 0 && made.output.contains("0 of 3 needed"), "\(made)")
        for name in ["edwards", "nist", "rsa"] {
            let signed = try run("bundle", "sign-root", "roots/1.root.json", "--key", try #require(uris[name]))
            #expect(signed.code == 0 && signed.errors.isEmpty, "\(name): \(signed)")
        }
        #expect(try site.refresh().code == 0)
        let exported = try run("bundle", "export", "--out", "vaulted.tar", "--as-of", Site.asOf)
        #expect(exported.code == 0 && exported.errors.isEmpty, "\(exported)")
        // Who verifies needs no token.
        let pin = SHA256Digest.of(try site.folder.bytes("roots/1.root.json")).hex
        let verified = try site.run("bundle", "verify", "vaulted.tar", "--pin", pin, "--as-of", Site.asOf)
        #expect(verified.code == 0 && verified.output.contains("bundle vaulted v1: genuine"), "\(verified)")
        #expect(!(made.output + exported.output + exported.errors).contains(Token.pin))
    }

    @Test("a key that the token does not have, or a PIN that is wrong, is told with what to do, and never the PIN")
    func refuses() throws {
        let site = try Site()
        let token = try Token(in: site.folder)
        try site.folder.write(try #require(try SigningKey.generate(.ed25519).pkcs8PEM), to: "one.pem")
        let uri = try token.take("one.pem", as: "one", id: "01")
        func root(_ uri: String) throws -> Program.Result {
            let words = [
                "bundle", "init-root", "--name", "x", "--root-key", uri, "--exporter-key", uri, "--out", "r.json",
            ]
            return try Program.run(words, in: site.folder, token.environment)
        }
        #expect(try root(uri).code == 0)
        try site.folder.remove("r.json")
        let rows = [
            ("another name", uri.replacing("object=one", with: "object=two"), Token.pin),
            ("wrong PIN", uri, "another-pin"),
        ]
        for (name, uri, pin) in rows {
            try site.folder.write(pin, to: "pin")
            let result = try root(uri)
            #expect(result.code == 78 && result.errors.contains("OpenSSL has no such key"), "\(name): \(result)")
            #expect(result.errors.contains("openssl.cnf") && !result.errors.contains(pin), "\(name): \(result)")
            #expect(!site.folder.has("r.json"))
        }
    }
}
