package import Crypto

/// How a draft is signed, whatever its header says.
package enum DraftSeal: Sendable {
    /// With a private key.
    case key(PrivateKey, SignatureAlgorithm)
    /// With a shared secret (HMAC with SHA-256), as key confusion attacks do.
    case secret([UInt8])
    /// With these bytes.
    case bytes([UInt8])

    func sign(_ text: [UInt8]) throws(SimulatorError) -> [UInt8] {
        switch self {
        case .key(let key, let algorithm):
            try SimulatorError.crypto { () throws(CryptoError) in try key.sign(text, algorithm) }
        case .secret(let secret): HMACSHA256.tag(key: secret, text)
        case .bytes(let bytes): bytes
        }
    }
}
