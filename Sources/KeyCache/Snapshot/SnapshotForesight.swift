package import Crypto
package import Encoding
import JOSE

/// Ahead of look-ups: a snapshot is larger than the processor's caches, so what a request names can be brought near while
/// its signatures are verified.
///
/// The calls for one set or certificate come in this order; each touches only what the ones before it had brought near.
extension Snapshot {
    /// Brings near where the index tells of a set, by its URL; returns how the calls below know the set.
    package func approach(_ url: ByteSlice) -> UInt64 { urls.approach(url) }

    /// Brings near the set, and its URL to compare with.
    package func foreseeSet(_ set: UInt64) {
        if let position = urls.foresee(set) { Foresight.fetch(places[position]) }
    }

    /// Brings near the tables of the set.
    package func foreseeTables(_ set: UInt64) {
        if let position = urls.likely(set) { sets[position].foreseeTables() }
    }

    /// Brings near the key of the set that `kid` names.
    package func foreseeKey(_ set: UInt64, kid: ByteSlice) {
        if let position = urls.likely(set) { sets[position].foreseeKey(kid) }
    }

    /// Brings near what that key consists of.
    package func foreseeContent(_ set: UInt64, kid: ByteSlice) {
        if let position = urls.likely(set) { sets[position].foreseeContent(kid) }
    }

    /// Brings near where the index tells of a certificate.
    package func approach(certificate fingerprint: SHA256Digest) { certificates.approach(fingerprint) }

    /// Brings near the place where it would be found.
    package func foreseePlace(of fingerprint: SHA256Digest) { certificates.foreseePlace(of: fingerprint) }

    /// Brings near what was made of the certificate, if anything was.
    package func foresee(certificate fingerprint: SHA256Digest) { certificates.foresee(fingerprint) }

    /// Has the memory of the snapshot put into large pages; returns how many those are, or nil where it holds less than
    /// `least` sets and certificates and is near anyway.
    ///
    /// A verdict asks for a dozen places of it, which are never the last one's: 2,000 software statements lie on 9,000 small
    /// pages or on twenty large ones.
    @discardableResult
    func settle(from least: Int = 1_000) -> Int? {
        sets.count + certificates.count < least ? nil : LargePages.gather(addresses)
    }

    /// Where its sets, keys and certificates lie.
    var addresses: [UInt] {
        places + sets.flatMap { $0.keys.map { Foresight.address(of: $0) } } + certificates.places
    }
}
