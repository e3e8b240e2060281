import ArgumentParser
import Crypto
import Encoding
import JOSE
import Operations

/// Makes the JWK that results are sealed to, of the recipient's key.
struct ResultsRecipientCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "recipient",
        abstract: "Write the public JWK of a private key, for results.seal_to.",
        discussion: """
            Run it where the recipient is; only what it writes goes to where results are made. RSA keys of 2048 to \
            8192 bits and keys of P-256, P-384 and P-521 will do.

            Examples:
              openssl ecparam -genkey -noout -name prime256v1 -out recipient.pem
              counterfoil results recipient recipient.pem > recipient.jwk
            """
    )

    @Argument(help: "The private key: PEM, not encrypted, or a JWK.", completion: .file())
    var key: String

    @Option(parsing: .unconditional, help: "The kid; the key's thumbprint (RFC 7638) unless it is given.")
    var kid: String?

    var isForProgram: Bool { true }

    func validate() throws {
        if let kid, !(1...255).contains(kid.utf8.count) { throw ValidationError("--kid has 1 to 255 bytes.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let privateKey = try RecipientKeyFile.load(key)
        let recipient = JWERecipient(privateKey.publicKey)
        let output = ByteBuffer(capacity: 1024)
        var json = JSONWriter(output)
        PublicJWK.write(
            privateKey.publicKey,
            keyID: kid ?? Base64URL.encode(recipient.thumbprint.bytes),
            use: "enc",
            algorithm: recipient.algorithm.rawValue,
            to: &json
        )
        StandardOutput.line(output)
        return .done
    }
}
