extension PolicySettings {
    /// How a certificate's name is compared with `tls_client_auth_subject_dn`.
    package enum NameMatch: String, CaseIterable, Sendable {
        case full
        case immutable
    }
}
