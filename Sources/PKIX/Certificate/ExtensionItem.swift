/// One Extension of a certificate, a revocation list or a revoked entry (RFC 5280 §4.1).
struct ExtensionItem {
    var oid: String
    var type: ExtensionType
    var isCritical: Bool
    /// `critical FALSE` written out, which DER forbids.
    var hasExplicitDefault: Bool
    /// The OCTET STRING that holds the extension's own encoding.
    var content: DERElement

    /// Reads the next Extension.
    static func decode(_ reader: inout DERReader) throws(DERFault) -> ExtensionItem {
        var item = try reader.sequence()
        let identifier = try item.next(DERTag.objectIdentifier)
        let oid = try DERValue.objectIdentifier(identifier, in: item)
        var critical: Bool?
        if let flag = try item.optional(DERTag.boolean) { critical = try DERValue.boolean(flag, in: item) }
        let content = try item.next(DERTag.octetString)
        try item.finish()
        return ExtensionItem(
            oid: oid,
            type: ExtensionType(item.bytes, identifier.content),
            isCritical: critical ?? false,
            hasExplicitDefault: critical == false,
            content: content
        )
    }
}
