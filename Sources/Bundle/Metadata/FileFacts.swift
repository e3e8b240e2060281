import Crypto
import Encoding

/// What one role's metadata says of another file: its length and digest.
struct FileFacts: Equatable, Sendable {
    let length: Int64
    let sha256: SHA256Digest

    init(length: Int64, sha256: SHA256Digest) {
        (self.length, self.sha256) = (length, sha256)
    }

    init(_ bytes: [UInt8]) {
        self.init(length: Int64(bytes.count), sha256: SHA256Digest.of(bytes))
    }

    /// Reads `length` and `hashes.sha256`, both of which ours always have; nil where one is missing or wrong.
    init?(_ value: JSONValue) {
        guard let length = value["length"]?.integer, length >= 0, let hashes = value["hashes"], hashes.count == 1,
            let text = hashes["sha256"]?.text?.string, let bytes = Hex.decode(text), Hex.encode(bytes) == text,
            let digest = SHA256Digest(bytes: bytes)
        else { return nil }
        self.init(length: length, sha256: digest)
    }

    /// Writes both members into an object.
    func write(_ writer: inout CanonicalWriter) {
        writer.name("hashes")
        writer.object { $0.member("sha256", sha256.hex) }
        writer.member("length", length)
    }
}
