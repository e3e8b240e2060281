import CLibcrypto

/// The OpenSSL in use.
package enum CryptoLibrary {
    /// Its version, such as `3.0.17`; loaded at run time, so that it may be newer than the one built with.
    package static var version: String {
        guard let text = unsafe OpenSSL_version(OPENSSL_VERSION) else { return "unknown" }
        let words = unsafe String(cString: text).split(separator: " ")
        return words.dropFirst().first.map(String.init) ?? "unknown"
    }
}
