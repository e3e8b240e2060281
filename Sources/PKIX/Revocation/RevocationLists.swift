package import Encoding

/// All verified revocation lists of a snapshot, found by issuer.
package struct RevocationLists: Sendable {
    private let byIssuer: [[UInt8]: [RevocationList]]

    /// Keeps `lists`, each of which must have been verified; where two cover a certificate, the newer one counts.
    package init(_ lists: [RevocationList] = []) {
        byIssuer = Dictionary(grouping: lists, by: \.issuerDER).mapValues { group in
            group.sorted { ($0.number, $0.thisUpdate) > ($1.number, $1.thisUpdate) }
        }
    }

    /// How many issuers have a list.
    package var issuerCount: Int { byIssuer.count }

    /// The newest list that speaks for `certificate`.
    package func list(for certificate: Certificate) -> RevocationList? {
        byIssuer[certificate.issuerDER]?.first { $0.covers(certificate) }
    }

    /// What is known of `certificate` at `now`.
    ///
    /// A root has no list above it and is good for ever.
    package func state(of certificate: Certificate, at now: UnixTime) -> RevocationState {
        if certificate.isSelfIssued, certificate.isAuthority { return .good(until: .max) }
        return list(for: certificate)?.state(of: certificate, at: now) ?? .unknown
    }
}
