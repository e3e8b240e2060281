import Encoding
import GRDB
package import PKIX

extension KeyStore {
    /// Where the revocation lists of all trusted certificates and of the anchors' own authorities are published.
    ///
    /// Only certificates whose path was verified are asked, so that no key set can make us fetch what it likes; the
    /// caller still compares each host with its allow-list.
    package func revocationListURLs(anchors: TrustAnchors) throws(KeyStoreError) -> Set<String> {
        var urls = Set((anchors.directory + anchors.qualified).flatMap(\.crlDistributionPoints))
        let trusted = try file.read { db in try CertificateTable.trusted(db) }
        for der in trusted {
            do throws(CertificateFault) {
                urls.formUnion(try Certificate.decode(der).crlDistributionPoints)
            } catch {
                continue  // it was decoded when it was kept; what cannot be read now names no list
            }
        }
        return urls
    }
}

extension CertificateTable {
    /// Certificates with a verified path.
    fileprivate static func trusted(_ db: Database) throws -> [[UInt8]] {
        try Blob.fetchAll(
            db,
            sql: """
                SELECT der FROM certificate JOIN vetting ON vetting.certificate = certificate.sha256
                WHERE vetting.is_trusted
                """
        )
        .map(\.bytes)
    }
}
