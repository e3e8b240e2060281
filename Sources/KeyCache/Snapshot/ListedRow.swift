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

    /// What a source lists now, or listed in a generation.
    static func statement(_ db: Database, in generation: Int? = nil) throws -> RawStatement {
        let isInForce =
            generation.map {
                "listing.generation_from <= \($0) AND coalesce(listing.generation_to, \($0 + 1)) > \($0)"
            } ?? "listing.recorded_to IS NULL"
        return try RawStatement(
            db,
            sql: """
                SELECT listing.id, listing.position, listing.spki_sha256, key.spki, key.thumbprint, listing.kid,
                  listing.key_use, listing.algorithm, listing.operations, listing.state, listing.state_since,
                  listing.grace_until, listing.to_low, listing.from_high, listing.not_before, listing.not_after,
                  \(ListedCertificate.columns)
                FROM listing JOIN key ON key.spki_sha256 = listing.spki_sha256
                LEFT JOIN certificate ON certificate.sha256 = listing.certificate
                LEFT JOIN vetting ON vetting.certificate = listing.certificate
                WHERE \(isInForce) AND listing.source_id = ?1 AND listing.state <> 'dropped'
                  AND NOT (listing.state = 'archived' AND listing.to_high < ?2)
                """
        )
    }

    /// How long a key that left its set is known by its kid, so that a request signed with it is refused, not deferred.
    static let memory: Int64 = 400 * 86400

    /// What a source lists, without what went long ago: that is only in the history.
    static func fetch(_ statement: RawStatement, source: Int64, at time: UnixTime, skew: Int64) throws -> [ListedRow] {
        var listed: [ListedRow] = []
        try statement.forEach(source, time.subtractingClamped(memory)) { row in
            listed.append(try ListedRow(row, at: time, skew: skew))
        }
        return listed
    }

    private init(_ row: RawStatement, at time: UnixTime, skew: Int64) throws {
        id = row.integer(0)
        guard let stored = row.text(9).flatMap({ ListingState(rawValue: $0) }), let digest = row.digest(2),
            let thumbprint = row.digest(4), let spki = row.blob(3)
        else { throw KeyStoreError.corrupt("listing \(id) cannot be read") }
        position = Int(row.integer(1))
        cameAt = row.integer(13)
        spkiSHA256 = digest
        self.spki = spki
        self.thumbprint = thumbprint
        certificate = ListedCertificate(row, from: 16)
        attributes = ListingAttributes(
            kid: row.blob(5),
            use: row.text(6),
            algorithm: row.text(7),
            operations: row.optionalInteger(8).map { Int($0) },
            lifetime: KeyLifetime(notBefore: row.optionalInteger(14), notAfter: row.optionalInteger(15))
        )
        let since = row.integer(10)
        let graceUntil = row.optionalInteger(11) ?? since
        let lastSeen = row.optionalInteger(12) ?? cameAt
        let ownEnd = attributes.lifetime.notAfter
        let notAfter = certificate.map { min($0.notAfter, ownEnd ?? .max) } ?? ownEnd
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
