import Crypto
import Encoding
import PKIX

/// Everything that was ever revoked, found by key, by certificate or by kid.
///
/// An entry of a revoked set speaks for the organisation and the software whose set it came from, never for others; an
/// operator's speaks for everyone, or for a whole organisation or software.
struct RevokedIndex: Sendable {
    /// Whose set an entry came from, and since when it is there.
    struct Mark: Sendable {
        let organisationID: [UInt8]?
        let softwareID: [UInt8]?
        let revokedAt: UnixTime
        var isEveryones = false

        func speaks(for organisation: ByteSlice?, _ software: ByteSlice?) -> Bool {
            isEveryones || Self.matches(organisationID, organisation) || Self.matches(softwareID, software)
        }

        private static func matches(_ known: [UInt8]?, _ asked: ByteSlice?) -> Bool {
            guard let known, let asked else { return false }
            return asked.equals(known)
        }
    }

    /// One row of the revocations.
    struct Entry {
        let mark: Mark
        let channel: RevocationChannel
        let spki: SHA256Digest?
        let certificate: SHA256Digest?
        let kid: [UInt8]?
        let reason: RevocationReason?

        /// What a list says of a certificate alone is told by the certificate itself.
        var isOfIndex: Bool { channel != .crl || spki != nil }
    }

    private let keys: DigestIndex
    /// The marks of each of `keys`.
    private let byKey: [[Mark]]
    private let certificates: DigestIndex
    /// The marks of each of `certificates`.
    private let byCertificate: [[Mark]]
    private let keyIDs: ByteIndex
    /// The marks of each of `keyIDs`.
    private let byKeyID: [[Mark]]
    /// Marks of whole organisations and software statements.
    private let ofEverything: [Mark]

    init(_ entries: [Entry]) {
        var (keys, certificates): ([SHA256Digest: [Mark]], [SHA256Digest: [Mark]]) = ([:], [:])
        var labels: [[UInt8]: [Mark]] = [:]
        var everything: [Mark] = []
        for entry in entries where entry.isOfIndex {
            if let spki = entry.spki { keys[spki, default: []].append(entry.mark) }
            if let certificate = entry.certificate { certificates[certificate, default: []].append(entry.mark) }
            if let kid = entry.kid { labels[kid, default: []].append(entry.mark) }
            if entry.spki == nil, entry.certificate == nil, entry.kid == nil { everything.append(entry.mark) }
        }
        self.keys = DigestIndex(keys.keys)
        byKey = Array(keys.values)
        self.certificates = DigestIndex(certificates.keys)
        byCertificate = Array(certificates.values)
        ofEverything = everything
        keyIDs = ByteIndex(Array(labels.keys))
        byKeyID = Array(labels.values)
    }

    func revokedAt(spki: SHA256Digest, _ organisation: ByteSlice?, _ software: ByteSlice?) -> UnixTime? {
        earliest(keys.position(of: spki).map { byKey[$0] }, organisation, software)
    }

    func revokedAt(certificate: SHA256Digest, _ organisation: ByteSlice?, _ software: ByteSlice?) -> UnixTime? {
        earliest(certificates.position(of: certificate).map { byCertificate[$0] }, organisation, software)
    }

    func revokedAt(kid: ByteSlice, _ organisation: ByteSlice?, _ software: ByteSlice?) -> UnixTime? {
        earliest(keyIDs.position(of: kid).map { byKeyID[$0] }, organisation, software)
    }

    private func earliest(_ marks: [Mark]?, _ organisation: ByteSlice?, _ software: ByteSlice?) -> UnixTime? {
        if marks == nil, ofEverything.isEmpty { return nil }
        var earliest: UnixTime?
        for list in [marks ?? [], ofEverything] {
            for mark in list where mark.speaks(for: organisation, software) {
                earliest = min(earliest ?? mark.revokedAt, mark.revokedAt)
            }
        }
        return earliest
    }
}
