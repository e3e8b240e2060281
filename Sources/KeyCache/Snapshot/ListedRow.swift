import Crypto
import Encoding
import GRDB
import JOSE
import PKIX

/// A listing with its key and certificate, as a snapshot reads it.
struct ListedRow {
    let id: Int64
    let position: Int
    /// When it was first seen in its present stay.
    let cameAt: UnixTime
    let spkiSHA256: SHA256Digest
    let spki: [UInt8]
    let thumbprint: SHA256Digest
    let attributes: ListingAttributes
    /// The state at the time of reading: what no sweep has moved yet is seen as it will be.
    let state: ListingState
    let standing: KeyStanding
    let certificate: ListedCertificate?
    /// Until when `state` is what the row says.
    let goodUntil: UnixTime

    /// Whether the certificate may still bind a client: a key that is gone for good takes its certificate along.
    var bindsCertificate: Bool { state != .archived && state != .revoked }

    /// The key as a verifier sees it.
    func key(_ key: PublicKey, withCertificate: Bool) -> VerificationKey {
        VerificationKey(
            restoring: key,
            thumbprint: thumbprint,
            index: position,
            kid: attributes.kid,
            use: KeyUse(attributes.use),
            algorithm: attributes.algorithm,
            keyOperations: attributes.operations.map { KeyOperations(rawValue: UInt8(truncatingIfNeeded: $0)) },
            lifetime: attributes.lifetime,
            certificate: withCertificate ? certificate.map { ($0.der, $0.fingerprint) } : nil
        )
    }

    static func statement(_ db: Database) throws -> Statement {
        try db.cachedStatement(
            sql: """
                SELECT listing.id, listing.position, listing.spki_sha256, key.spki, key.thumbprint, listing.kid,
                  listing.key_use, listing.algorithm, listing.operations, listing.state, listing.state_since,
                  listing.grace_until, listing.to_low, listing.from_high, listing.certificate, certificate.der,
                  certificate.not_after, vetting.anchors, \(CertificateTable.recordColumns), listing.not_before,
                  listing.not_after
                FROM listing JOIN key ON key.spki_sha256 = listing.spki_sha256
                LEFT JOIN certificate ON certificate.sha256 = listing.certificate
                LEFT JOIN vetting ON vetting.certificate = listing.certificate
                WHERE listing.recorded_to IS NULL AND listing.source_id = ?1 AND listing.state <> 'dropped'
                  AND NOT (listing.state = 'archived' AND listing.to_high < ?2)
                """
        )
    }

    /// How long a key that left its set is known by its kid, so that a request signed with it is refused, not deferred.
    static let memory: Int64 = 400 * 86400

    /// What a source lists, without what went long ago: that is only in the history.
    static func fetch(_ statement: Statement, source: Int64, at time: UnixTime, skew: Int64) throws -> [ListedRow] {
        var listed: [ListedRow] = []
        let rows = try Row.fetchCursor(statement, arguments: [source, time.subtractingClamped(memory)])
        while let row = try rows.next() { listed.append(try ListedRow(row, at: time, skew: skew)) }
        return listed
    }

    private init(_ row: Row, at time: UnixTime, skew: Int64) throws {
        let name: String = row[9]
        guard let stored = ListingState(rawValue: name), let spki = SHA256Digest(bytes: (row[2] as Blob).bytes),
            let thumbprint = SHA256Digest(bytes: (row[4] as Blob).bytes)
        else { throw KeyStoreError.corrupt("listing \(row[0] as Int64) cannot be read") }
        id = row[0]
        position = row[1]
        cameAt = row[13]
        spkiSHA256 = spki
        self.spki = (row[3] as Blob).bytes
        self.thumbprint = thumbprint
        certificate = ListedCertificate(row, fingerprint: 14, der: 15, anchors: 17, record: 18)
        attributes = ListingAttributes(
            kid: (row[5] as Blob?)?.bytes,
            use: row[6],
            algorithm: row[7],
            operations: row[8],
            certificate: certificate?.fingerprint.bytes,
            lifetime: KeyLifetime(notBefore: row[26], notAfter: row[27])
        )
        let since: UnixTime = row[10]
        let graceUntil = row[11] as UnixTime? ?? since
        let lastSeen = row[12] as UnixTime? ?? row[13] as UnixTime
        let notAfter = [row[16] as UnixTime?, attributes.lifetime.notAfter].compactMap(\.self).min()
        let beginsAt = attributes.lifetime.notBefore?.subtractingClamped(skew)
        state = Self.state(stored, notAfter: notAfter, graceUntil: graceUntil, at: time)
        var goodUntil = UnixTime.max
        if state == .active, let notAfter { goodUntil = notAfter }
        if let beginsAt, beginsAt > time { goodUntil = min(goodUntil, beginsAt - 1) }
        self.goodUntil = goodUntil
        switch state {
        case .active where beginsAt.map { $0 > time } == true: standing = .held  // its own beginning is yet to come
        case .active: standing = .active
        case .retired: standing = .retired(lastSeen: lastSeen, graceUntil: graceUntil)
        case .archived: standing = .retired(lastSeen: lastSeen, graceUntil: .min)  // whatever the row says of a grace
        case .expired: standing = .expired(at: notAfter ?? since)
        case .quarantined, .pending, .dropped: standing = .held
        case .revoked: standing = .revoked(at: since)
        }
    }

    private static func state(
        _ stored: ListingState,
        notAfter: UnixTime?,
        graceUntil: UnixTime,
        at time: UnixTime
    ) -> ListingState {
        if stored == .active, let notAfter, notAfter < time { return .expired }
        return stored == .retired && graceUntil < time ? .archived : stored
    }
}
