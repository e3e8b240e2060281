package import KeyCache
import PKIX
package import Rules

extension TrustView {
    /// What the rules may know of one snapshot of the cache.
    package init(_ snapshot: Snapshot) {
        self.init(
            generation: snapshot.generation,
            keySet: { snapshot.keySet($0) },
            revokedKeyID: { snapshot.revokedAt(kid: $0, organisation: $1, software: $2) },
            revokedKey: { snapshot.revokedAt(spki: $0, organisation: $1, software: $2) },
            revokedCertificate: { snapshot.revokedAt(certificate: $0, organisation: $1, software: $2) },
            certificate: { snapshot.certificate($0) },
            vet: { der, extra, now in
                do throws(CertificateFault) {
                    return try snapshot.vet(der, extra: extra, now: now)
                } catch {
                    return nil
                }
            },
            isQualified: { print in snapshot.anchors.qualified.contains { $0.fingerprint == print } }
        )
        anchors = snapshot.anchors.digest
    }
}
