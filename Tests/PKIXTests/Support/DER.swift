import PKIX

/// Writes DER and, where asked, things that are not quite DER.
enum DER {
    static func element(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
        let content = parts.flatMap { $0 }
        switch content.count {
        case ..<0x80: return [tag, UInt8(content.count)] + content
        case ..<0x100: return [tag, 0x81, UInt8(content.count)] + content
        case ..<0x10000: return [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
        default:
            return [
                tag, 0x83, UInt8(content.count >> 16), UInt8(content.count >> 8 & 0xFF), UInt8(content.count & 0xFF),
            ]
                + content
        }
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.flatMap { $0 }) }
    static func set(_ parts: [UInt8]...) -> [UInt8] { element(0x31, parts.flatMap { $0 }) }
    static func oid(_ text: String) -> [UInt8] { element(0x06, ObjectIdentifierText.encoded(text) ?? []) }
    static func utf8(_ text: String) -> [UInt8] { element(0x0C, Array(text.utf8)) }
    static func printable(_ text: String) -> [UInt8] { element(0x13, Array(text.utf8)) }
    static func ia5(_ text: String) -> [UInt8] { element(0x16, Array(text.utf8)) }
    static func octets(_ content: [UInt8]) -> [UInt8] { element(0x04, content) }
    static func bits(_ content: [UInt8], unused: UInt8 = 0) -> [UInt8] { element(0x03, [unused], content) }
    static func integer(_ content: [UInt8]) -> [UInt8] { element(0x02, content) }
    static func boolean(_ value: Bool) -> [UInt8] { element(0x01, [value ? 0xFF : 0x00]) }
    static func utcTime(_ text: String) -> [UInt8] { element(0x17, Array(text.utf8)) }
    static func generalizedTime(_ text: String) -> [UInt8] { element(0x18, Array(text.utf8)) }
    static let null: [UInt8] = [0x05, 0x00]

    /// A Name of single-attribute parts.
    static func name(_ parts: (oid: String, value: [UInt8])...) -> [UInt8] {
        element(0x30, parts.flatMap { set(sequence(oid($0.oid), $0.value)) })
    }

    static func extensionItem(_ oid: String, critical: Bool? = nil, _ value: [UInt8]) -> [UInt8] {
        sequence(self.oid(oid), critical.map(boolean) ?? [], octets(value))
    }
}
