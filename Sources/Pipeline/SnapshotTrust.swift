import Crypto
import Encoding
package import KeyCache
import PKIX
package import Rules

extension Snapshot: KeyForesight {}

extension TrustView {
    /// What the rules may know of one snapshot of the cache, and of the history of its keys where that may be asked.
    package init(_ snapshot: Snapshot, history: KeyHistory? = nil) {
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
        ahead = snapshot
        (pulse, anchors) = (snapshot.state.pulse, snapshot.anchors.digest)
        guard let history else { return }
        // A history that cannot be read knows nothing: what asks for it waits.
        pastKeys = { url, keyID, question in
            do throws(KeyStoreError) {
                return try history.keys(url: url, kid: keyID).map { PastKey($0, question) }
            } catch {
                return []
            }
        }
        pastCertificates = { url, fingerprint, question in
            do throws(KeyStoreError) {
                return try history.keys(url: url, certificate: fingerprint).map { PastKey($0, question) }
            } catch {
                return []
            }
        }
    }
}
