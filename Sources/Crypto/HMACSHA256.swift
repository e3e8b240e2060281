import CLibcrypto

/// HMAC with SHA-256 (RFC 2104): the ledger's keyed hash of secrets and identifiers.
///
/// No signature algorithm here uses it.
package enum HMACSHA256 {
    /// Returns the 32-byte tag of `message` under `key`.
    package static func tag(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: 32)
        var count = 0
        // An empty Array may have no address, which OpenSSL would read as "no key".
        let padded = key.isEmpty ? [0] : key
        let made = unsafe EVP_Q_mac(
            nil,
            "HMAC",
            nil,
            "SHA256",
            nil,
            padded,
            padded.count,
            message,
            message.count,
            &tag,
            tag.count,
            &count
        )
        precondition(unsafe made != nil && count == 32, "OpenSSL cannot compute an HMAC")
        return tag
    }
}
