import Foundation

/// A PKCS#11 token, as a hardware security module is one: SoftHSM behind OpenSSL's provider.
struct Token {
    private static let module = "/usr/lib/softhsm/libsofthsm2.so"
    private static let provider = "\(Package.folder)/.build-token/pkcs11.so"
    static let isHere =
        Tool.path("softhsm2-util") != nil && FileManager.default.fileExists(atPath: module)
        && FileManager.default.fileExists(atPath: provider)

    /// No digest or key told in hex can hold these by chance.
    static let pin = "vault-pin"
    private static let officer = "vault-officer"

    private let folder: TemporaryFolder
    /// What the program needs in its environment to reach the token; the PIN is in a file.
    let environment: [String: String]

    /// Makes an empty token in a folder.
    init(in folder: TemporaryFolder) throws {
        self.folder = folder
        environment = [
            "SOFTHSM2_CONF": "\(folder.path)/softhsm2.conf", "OPENSSL_CONF": "\(folder.path)/openssl.cnf",
        ]
        try folder.write("directories.tokendir = \(folder.path)/tokens\nlog.level = ERROR\n", to: "softhsm2.conf")
        try folder.write("", to: "tokens/.keep")
        try folder.write(Self.pin, to: "pin")
        try folder.write(
            """
            openssl_conf = all
            [all]
            providers = providers
            [providers]
            default = own
            pkcs11 = token
            [own]
            activate = 1
            [token]
            module = \(Self.provider)
            pkcs11-module-path = \(Self.module)
            pkcs11-module-token-pin = file:\(folder.path)/pin
            activate = 1

            """,
            to: "openssl.cnf"
        )
        try administer("--init-token", "--free", "--label", "vault", "--so-pin", Self.officer)
    }

    /// Moves a private key from its PEM file into the token; its URI.
    func take(_ file: String, as name: String, id: String) throws -> String {
        try administer("--import", "\(folder.path)/\(file)", "--token", "vault", "--label", name, "--id", id)
        try folder.remove(file)
        return "pkcs11:token=vault;object=\(name);type=private"
    }

    private func administer(_ words: String...) throws {
        let program = Tool.path("softhsm2-util") ?? ""
        let environment = environment.filter { $0.key != "OPENSSL_CONF" }
        let result = try Running(words: [program] + words + ["--pin", Self.pin], in: folder, environment).wait()
        guard result.code == 0 else { throw Running.Trouble(what: "softhsm2-util \(words): \(result)") }
    }
}
