/// The parts of a compact JWE (RFC 7516 §7.1).
package enum JWEPart: String, Sendable {
    case header = "header"
    case encryptedKey = "encrypted key"
    case nonce = "initialization vector"
    case ciphertext = "ciphertext"
    case tag = "authentication tag"
}
