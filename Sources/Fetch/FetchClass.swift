/// What a fetched body is, which decides its size limit and whether plain HTTP will do.
package enum FetchClass: String, Sendable, CaseIterable {
    /// A JWKS: directory, organisation, software or revoked keys. HTTPS only.
    case keySet
    /// A certificate revocation list: signed, and published over plain HTTP by the directory's own CA.
    case revocationList
}
