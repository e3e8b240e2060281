import Crypto

/// Short names made of text.
enum ExportDigest {
    /// The first 8 digits of the text's SHA-256.
    static func short(_ text: String) -> String { String(SHA256Digest.of(text).hex.prefix(8)) }
}
