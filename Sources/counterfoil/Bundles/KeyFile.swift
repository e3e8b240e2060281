import Crypto
import Encoding
import Operations

/// A key named on the command line: a PEM file, or a URI that OpenSSL has a store for.
enum KeyFile {
    private static let byteLimit = 64 << 10

    /// The private key.
    static func signing(_ name: String) throws(Failure) -> SigningKey {
        guard !isURI(name) else {
            do throws(CryptoError) { return try SigningKey(uri: name) } catch {
                throw fault(
                    name,
                    "OpenSSL has no such key: \(reason(error))",
                    "check the URI, and that a provider for its scheme is configured in openssl.cnf"
                )
            }
        }
        let pem = try text(name)
        do throws(CryptoError) { return try SigningKey(pem: pem) } catch {
            throw fault(
                name,
                "cannot be used to sign: \(reason(error))",
                "name an unencrypted PEM file with an Ed25519, P-256 or RSA key (2,048 bits or more)"
            )
        }
    }

    /// The public half of a key, from a file with either half, or a store.
    static func verifying(_ name: String) throws(Failure) -> VerifyingKey {
        guard !isURI(name) else { return try signing(name).publicKey }
        let pem = try text(name)
        do throws(CryptoError) {
            return try VerifyingKey(pem: pem)
        } catch {
            return try signing(name).publicKey
        }
    }

    private static func isURI(_ name: String) -> Bool { name.hasPrefix("pkcs11:") || name.hasPrefix("file:") }

    private static func text(_ path: String) throws(Failure) -> String {
        do throws(FileBytes.Fault) {
            return String(decoding: try FileBytes.read(path, limit: byteLimit), as: UTF8.self)
        } catch {
            switch error {
            case .system(let number): throw fault(path, "cannot be read: \(ErrorText.of(number))", "name a key file")
            case .notFile: throw fault(path, "is no file", "name a key file")
            case .tooLarge: throw fault(path, "is too large for a key", "name a key file")
            }
        }
    }

    private static func reason(_ error: CryptoError) -> String {
        switch error {
        case .library(_, let reason), .privateKey(let reason): reason
        default: error.code
        }
    }

    private static func fault(_ name: String, _ what: String, _ remedy: String) -> Failure {
        Failure(UserMessage(name, what, remedy: remedy), name: "bundle.signing", .configuration)
    }
}
