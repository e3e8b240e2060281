package import Crypto
package import Encoding

/// What a cache of keys can have brought near before it is asked; nothing comes of any of it but time.
///
/// Each of the calls for one set or certificate touches only what the ones before it had brought near.
package protocol KeyForesight: AnyObject, Sendable {
    /// Where the index tells of a set, by its URL; returns how the calls below know that set.
    func approach(_ url: ByteSlice) -> UInt64
    /// The set, and its URL to compare with.
    func foreseeSet(_ set: UInt64)
    /// The tables of the set.
    func foreseeTables(_ set: UInt64)
    /// The key of the set that a kid names.
    func foreseeKey(_ set: UInt64, kid: ByteSlice)
    /// What that key consists of.
    func foreseeContent(_ set: UInt64, kid: ByteSlice)

    /// Where the index tells of a certificate.
    func approach(certificate: SHA256Digest)
    /// The place where it would be found.
    func foreseePlace(of certificate: SHA256Digest)
    /// What was made of the certificate when it was asked for before.
    func foresee(certificate: SHA256Digest)
}
