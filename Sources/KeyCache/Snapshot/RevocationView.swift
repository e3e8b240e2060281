import Crypto
import Encoding
import PKIX

/// What the revocation lists of a snapshot say of certificates, and what lists said for good before they forgot them.
final class RevocationView: Sendable {
    let anchors: TrustAnchors
    private let lists: RevocationLists
    private let said: [SHA256Digest: RevocationState]
    private let time: UnixTime

    /// The words of `lists`, as they stand at `time`, and of `entries` that came from lists.
    init(_ lists: RevocationLists, entries: [RevokedIndex.Entry], anchors: TrustAnchors, at time: UnixTime) {
        self.lists = lists
        self.anchors = anchors
        self.time = time
        var said: [SHA256Digest: RevocationState] = [:]
        for entry in entries where entry.channel == .crl {
            guard let certificate = entry.certificate, let reason = entry.reason, reason != .certificateHold else {
                continue
            }
            said[certificate] = .revoked(at: entry.mark.revokedAt, reason: reason)
        }
        self.said = said
    }

    /// Whether lists said the same for good in another view.
    func saysForGood(what other: RevocationView) -> Bool { said == other.said }

    /// A certificate with what is said of it and of the authorities above it.
    func revised(_ certificate: TransportCertificate) -> TransportCertificate {
        let revised = certificate.revised(with: lists, anchors: anchors, at: time)
        // The list in use says so itself.
        if case .revoked = revised.revocation { return revised }
        guard let said = said[certificate.fingerprint] else { return revised }
        return revised.revised(revocation: said, issuerRevocation: revised.issuerRevocation)
    }

    /// Whether a certificate may be revoked; false only where it is not.
    func mayRevoke(_ fingerprint: SHA256Digest, _ serial: SerialNumber?) -> Bool {
        said[fingerprint] != nil || serial.map(lists.lists) == true
    }
}
