/// The authorityKeyIdentifier extension (RFC 5280 §4.2.1.1): where in the certificate what it says is.
struct AuthorityKeyIdentifier: Sendable {
    /// The key identifier of the issuer.
    private(set) var key: Range<Int>?
    /// The serial of the issuer's certificate.
    private(set) var serial: Range<Int>?

    /// Reads the extension.
    static func decode(_ reader: inout DERReader) throws(DERFault) -> AuthorityKeyIdentifier {
        var sequence = try reader.sequence()
        var found = AuthorityKeyIdentifier()
        found.key = try sequence.optional(DERTag.context(0))?.content
        let issuer = try sequence.optional(DERTag.explicit(1))
        found.serial = try sequence.optional(DERTag.context(2))?.content
        guard (issuer == nil) == (found.serial == nil) else { throw .truncated(at: sequence.position) }
        try sequence.finish()
        return found
    }
}
