/// The authorityKeyIdentifier extension, of which only the key identifier is used (RFC 5280 §4.2.1.1).
enum AuthorityKeyIdentifier {
    /// Where the key identifier is, nil when the extension has none.
    static func decode(_ reader: inout DERReader) throws(DERFault) -> Range<Int>? {
        var sequence = try reader.sequence()
        let identifier = try sequence.optional(DERTag.context(0))?.content
        let issuer = try sequence.optional(DERTag.explicit(1))
        let serial = try sequence.optional(DERTag.context(2))
        guard (issuer == nil) == (serial == nil) else { throw .truncated(at: sequence.position) }
        try sequence.finish()
        return identifier
    }
}
