import Crypto
import Encoding
import JOSE
import PKIX

/// A key as one body lists it, ready to be compared with what is known.
struct PublishedKey: Sendable {
    let key: VerificationKey
    let spki: [UInt8]
    let attributes: ListingAttributes
    /// The last second of the certificate, or of the key itself, whichever comes first; nil where none is told.
    let notAfter: UnixTime?

    /// Takes the key with its certificate decoded, or without one.
    init(_ key: VerificationKey, certificate: Certificate?) {
        self.key = key
        self.spki = key.key.spkiSHA256.bytes
        self.attributes = ListingAttributes(
            kid: key.kid,
            use: key.use == .none ? nil : key.use.name,
            algorithm: key.algorithm,
            operations: (key.keyOperations?.rawValue).map(Int.init),
            certificate: certificate?.fingerprint.bytes,
            lifetime: key.lifetime
        )
        self.notAfter = [certificate?.notAfter, key.lifetime.notAfter].compactMap(\.self).min()
    }

    /// The state of a key that is in the set and not revoked.
    func state(at time: UnixTime) -> ListingState {
        guard let notAfter, notAfter < time else { return .active }
        return .expired
    }
}
