extension PolicySettings {
    /// How a transport certificate that does not authenticate its holder is answered: 400, or 401 with `invalid_client`.
    package enum CertificateStatus: String, CaseIterable, Sendable {
        case badRequest = "400"
        case unauthorised = "401"
    }

    /// How a client of another TPP is answered: as an unknown one, or as one that is not the caller's.
    package enum ForeignClient: String, CaseIterable, Sendable {
        case unauthorised = "401"
        case forbidden = "403"
    }
}
