/// Writes a name as RFC 4514 says: least significant part first, specials escaped.
enum DNWriter {
    /// The string form of `name`.
    static func text(_ name: DistinguishedName) -> String {
        name.rdns.reversed()
            .map { rdn in rdn.map(text).joined(separator: "+") }
            .joined(separator: ",")
    }

    private static func text(_ attribute: NameAttribute) -> String {
        let type = AttributeType.shortName(of: attribute.oid) ?? attribute.oid
        return type + "=" + (attribute.isText ? escaped(attribute.value) : attribute.value)
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        let scalars = Array(value.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\"", "+", ",", ";", "<", ">", "\\": text += "\\"
            case "#" where index == 0: text += "\\"
            case " " where index == 0 || index == scalars.count - 1: text += "\\"
            default: break
            }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}
