import Crypto
import Encoding

/// How a key is named on the command line: by kid, or by a digest of 64 hexadecimal digits.
struct KeyName {
    let text: String

    /// The digest the name spells, nil where it is a kid.
    var digest: SHA256Digest? {
        guard text.utf8.count == 64, let bytes = Hex.decode(text.lowercased()) else { return nil }
        return SHA256Digest(bytes: bytes)
    }

    var kid: [UInt8] { Array(text.utf8) }
}
