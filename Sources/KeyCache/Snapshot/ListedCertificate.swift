import Crypto
import PKIX

/// The certificate of a listing, with the verdict on its path, as it is read for a snapshot.
struct ListedCertificate {
    let fingerprint: SHA256Digest
    let der: [UInt8]
    let serial: SerialNumber?
    let notAfter: Int64
    /// The digest of the anchors the verdict was reached with.
    let anchors: SHA256Digest?
    let record: ChainRecord?

    /// The columns of tables `listing`, `certificate` and `vetting` that the initialiser reads, in its order.
    static let columns = """
        listing.certificate, certificate.der, certificate.serial, certificate.not_after, vetting.anchors,
        vetting.is_trusted, vetting.issued_by_directory, vetting.fault_code, vetting.fault_text, vetting.fault_depth,
        vetting.not_before, vetting.not_after, vetting.issuers
        """

    /// Reads it from `columns`, which start at `first`; nil where the listing has none.
    init?(_ row: RawStatement, from first: Int32) {
        guard let fingerprint = row.digest(first), let der = row.blob(first + 1) else { return nil }
        self.fingerprint = fingerprint
        self.der = der
        serial = row.blob(first + 2).flatMap { SerialNumber($0) }
        notAfter = row.integer(first + 3)
        anchors = row.digest(first + 4)
        record = anchors == nil ? nil : Self.record(row, from: first + 5)
    }

    /// The same with another verdict on its path.
    func judged(_ record: ChainRecord, with anchors: SHA256Digest) -> ListedCertificate {
        ListedCertificate(self, record, anchors)
    }

    private init(_ other: ListedCertificate, _ record: ChainRecord, _ anchors: SHA256Digest) {
        (fingerprint, der, serial, notAfter) = (other.fingerprint, other.der, other.serial, other.notAfter)
        (self.anchors, self.record) = (anchors, record)
    }

    private static func record(_ row: RawStatement, from first: Int32) -> ChainRecord {
        let issuers = row.blob(first + 7) ?? []
        return ChainRecord(
            isTrusted: row.integer(first) != 0,
            issuedByDirectory: row.integer(first + 1) != 0,
            faultCode: Int(row.integer(first + 2)),
            faultText: row.text(first + 3) ?? "",
            faultDepth: Int(row.integer(first + 4)),
            notBefore: row.integer(first + 5),
            notAfter: row.integer(first + 6),
            issuers: CertificateTable.digests(issuers)
        )
    }
}
