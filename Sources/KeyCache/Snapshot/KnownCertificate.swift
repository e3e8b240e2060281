import Crypto
import Encoding
import PKIX
import Synchronization

/// A certificate of a key set as a snapshot holds it: read, vetted and recorded long ago, decoded when a request first
/// asks for it.
///
/// A snapshot holds tens of thousands that nobody asks for in its time. What is made of one is made once and shared; no
/// signature is verified for it. An atomic reference of the library would do the same through generic code that is not
/// specialised here.
@safe
final class KnownCertificate: Sendable {
    /// What was made of it; first, so that it lies beside the count of references, which a look-up touches anyway.
    private let made = unsafe Atomic<Unmanaged<TransportCertificate>?>(nil)
    let fingerprint: SHA256Digest
    private let der: [UInt8]
    private let serial: SerialNumber?
    /// The verdict on its path, reached with the anchors of `words`.
    private let record: ChainRecord
    private let key: PublicKey
    private let words: RevocationView

    /// Takes over what a row holds; a certificate that was judged with other anchors is vetted now, not in a verdict.
    ///
    /// Nil where rules have become so strict that it cannot be read any more.
    init?(_ listed: ListedCertificate, key: PublicKey, words: RevocationView) {
        if let record = listed.record, listed.anchors == words.anchors.digest {
            self.record = record
        } else {
            do throws(CertificateFault) {
                let certificate = try Certificate.decode(listed.der, fingerprint: listed.fingerprint)
                record = words.anchors.vet(certificate).chainRecord
            } catch {
                return nil
            }
        }
        (fingerprint, der, serial) = (listed.fingerprint, listed.der, listed.serial)
        self.key = key
        self.words = words
    }

    private init(_ other: KnownCertificate, words: RevocationView) {
        (fingerprint, der, serial) = (other.fingerprint, other.der, other.serial)
        (record, key) = (other.record, other.key)
        self.words = words
    }

    /// Whether it is what a row holds: an issuer that came along later may have turned the verdict.
    func isOfRow(_ listed: ListedCertificate) -> Bool {
        listed.record.map { $0 == record && listed.anchors == words.anchors.digest } ?? true
    }

    /// The same certificate, of which other lists speak; the anchors must be the same.
    func heard(_ words: RevocationView) -> KnownCertificate { KnownCertificate(self, words: words) }

    deinit { unsafe made.load(ordering: .acquiring)?.release() }

    /// Everything that can be known of it before a request arrives; nil where it cannot be read any more.
    var transport: TransportCertificate? {
        if let known = unsafe made.load(ordering: .acquiring) { return unsafe known.takeUnretainedValue() }
        do throws(CertificateFault) {
            let certificate = try Certificate.decode(der, fingerprint: fingerprint)
            let plain = TransportCertificate(certificate: certificate, persistedChain: record, key: key)
            return keep(words.revised(plain))
        } catch {
            return nil
        }
    }

    /// Keeps what was made, or finds what another worker made meanwhile; what is kept lives as long as this does.
    private func keep(_ certificate: TransportCertificate) -> TransportCertificate {
        let mine = unsafe Unmanaged.passRetained(certificate)
        let (isMine, theirs) = unsafe made.compareExchange(
            expected: nil,
            desired: mine,
            ordering: .acquiringAndReleasing
        )
        guard !isMine, let theirs = unsafe theirs else { return certificate }
        unsafe mine.release()
        return unsafe theirs.takeUnretainedValue()
    }

    /// What lists say of it, where one may say that it is revoked; nil where none does, which costs no decoding.
    var revocation: RevocationState? {
        words.mayRevoke(fingerprint, serial) ? transport?.revocation : nil
    }
}
