import Crypto
import Encoding

/// A key with its certificate and the JWK the key store shows for it.
package struct PublishedKey: Sendable {
    /// What a JWK says its key is for.
    package enum Use: String, Sendable {
        case sig, tls
    }

    /// The key pair and its kid.
    package let key: SimulatedKey
    /// `use`.
    package let use: Use
    /// The certificate in DER.
    package let certificate: [UInt8]
    /// The certificate's serial number.
    package let serial: [UInt8]
    /// The JWK as JSON text, members in the key store's order: e kid kty n use x5c x5t x5u x5t#S256.
    package let jwk: String

    init(_ key: SimulatedKey, use: Use, certificate: [UInt8], serial: [UInt8], folder: String) {
        (self.key, self.use, self.certificate, self.serial) = (key, use, certificate, serial)
        var members = SimulatedKey.numbers(key.privateKey.publicKey)
        members.append("kid", .text(key.kid))
        members.append("use", .text(use.rawValue))
        members.list.sort { $0.name < $1.name }
        members.append("x5c", .texts([Base64.encode(certificate)]))
        members.append("x5t", .text(SimulatedKey.padded(Digest.sha1(certificate))))
        members.append("x5u", .text("\(folder)/\(key.kid).pem"))
        members.append("x5t#S256", .text(SimulatedKey.padded(SHA256Digest.of(certificate).bytes)))
        jwk = members.json
    }

    /// The certificate as PEM.
    package var certificatePEM: String { PEM.encode(certificate, label: "CERTIFICATE") }
}
