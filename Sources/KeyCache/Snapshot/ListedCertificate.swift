import Crypto
import GRDB
import PKIX

/// The certificate of a listing, with the verdict on its path.
struct ListedCertificate {
    let fingerprint: SHA256Digest
    let der: [UInt8]
    /// The digest of the anchors the verdict was reached with.
    let anchors: SHA256Digest?
    let record: ChainRecord?

    /// Reads it from the columns at these positions; nil where the listing has none.
    init?(_ row: Row, fingerprint: Int, der: Int, anchors: Int, record: Int) {
        guard let digest = (row[fingerprint] as Blob?).flatMap({ SHA256Digest(bytes: $0.bytes) }),
            let bytes = row[der] as Blob?
        else { return nil }
        self.fingerprint = digest
        self.der = bytes.bytes
        self.anchors = (row[anchors] as Blob?).flatMap { SHA256Digest(bytes: $0.bytes) }
        self.record = self.anchors == nil ? nil : CertificateTable.record(row, from: record)
    }
}
