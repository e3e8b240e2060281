import ArgumentParser
import Crypto
import Encoding

/// A SHA-256 on the command line.
struct DigestArgument: ExpressibleByArgument {
    let digest: SHA256Digest

    init?(argument: String) {
        guard let bytes = Hex.decode(argument), let digest = SHA256Digest(bytes: bytes) else { return nil }
        self.digest = digest
    }
}
