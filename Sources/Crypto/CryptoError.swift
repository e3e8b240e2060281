/// What goes wrong on our own side of the cryptography: never a verdict on somebody's signature.
package enum CryptoError: Error, Equatable, Sendable {
    /// The kernel gave no randomness; the payload is errno.
    case random(Int32)
    /// An OpenSSL call failed: its name and the library's reason.
    case library(operation: String, reason: String)
    /// A private key's text could not be read, or is encrypted.
    case privateKey(reason: String)
    /// A key pair cannot sign with this algorithm.
    case unfit(SignatureAlgorithm)
    /// A key, nonce or text has a size or kind the cipher does not take.
    case cipherInput
    /// A generated or loaded key broke the bounds every public key has to keep.
    case key(KeyFault)

    /// A short name that never changes.
    package var code: String {
        switch self {
        case .random: "random_unavailable"
        case .library: "crypto_library"
        case .privateKey: "private_key_unreadable"
        case .unfit: "private_key_unfit"
        case .cipherInput: "cipher_input"
        case .key(let fault): fault.code
        }
    }
}
