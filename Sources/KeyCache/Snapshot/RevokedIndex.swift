import Crypto
import Encoding

/// Everything the revoked sets ever listed, found by key, by certificate or by kid.
///
/// An entry speaks for the organisation and the software whose set it came from, never for others.
struct RevokedIndex: Sendable {
    /// Whose set an entry came from, and since when it is there.
    struct Mark: Sendable {
        let organisationID: [UInt8]?
        let softwareID: [UInt8]?
        let revokedAt: UnixTime

        func speaks(for organisation: ByteSlice?, _ software: ByteSlice?) -> Bool {
            Self.matches(organisationID, organisation) || Self.matches(softwareID, software)
        }

        private static func matches(_ known: [UInt8]?, _ asked: ByteSlice?) -> Bool {
            guard let known, let asked else { return false }
            return asked.equals(known)
        }
    }

    /// One row of the revocations.
    struct Entry {
        let mark: Mark
        let spki: SHA256Digest?
        let certificate: SHA256Digest?
        let kid: [UInt8]?
    }

    private let bySPKI: [SHA256Digest: [Mark]]
    private let byCertificate: [SHA256Digest: [Mark]]
    private let byKeyID: ByteTable<[Mark]>

    init(_ entries: [Entry]) {
        var (keys, certificates): ([SHA256Digest: [Mark]], [SHA256Digest: [Mark]]) = ([:], [:])
        var labels: [[UInt8]: [Mark]] = [:]
        for entry in entries {
            if let spki = entry.spki { keys[spki, default: []].append(entry.mark) }
            if let certificate = entry.certificate { certificates[certificate, default: []].append(entry.mark) }
            if let kid = entry.kid { labels[kid, default: []].append(entry.mark) }
        }
        bySPKI = keys
        byCertificate = certificates
        byKeyID = ByteTable(labels.map { ($0.key, $0.value) })
    }

    func revokedAt(spki: SHA256Digest, _ organisation: ByteSlice?, _ software: ByteSlice?) -> UnixTime? {
        Self.earliest(bySPKI[spki], organisation, software)
    }

    func revokedAt(certificate: SHA256Digest, _ organisation: ByteSlice?, _ software: ByteSlice?) -> UnixTime? {
        Self.earliest(byCertificate[certificate], organisation, software)
    }

    func revokedAt(kid: ByteSlice, _ organisation: ByteSlice?, _ software: ByteSlice?) -> UnixTime? {
        Self.earliest(byKeyID[kid], organisation, software)
    }

    private static func earliest(_ marks: [Mark]?, _ organisation: ByteSlice?, _ software: ByteSlice?) -> UnixTime? {
        guard let marks else { return nil }
        var earliest: UnixTime?
        for mark in marks where mark.speaks(for: organisation, software) {
            earliest = min(earliest ?? mark.revokedAt, mark.revokedAt)
        }
        return earliest
    }
}
