/// The operations a JWK allows (RFC 7517 §4.3), as far as they matter to a verifier.
package struct KeyOperations: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let verify = KeyOperations(rawValue: 1 << 0)
    package static let sign = KeyOperations(rawValue: 1 << 1)
    /// Encryption, wrapping, derivation, or a name no registry knows.
    package static let other = KeyOperations(rawValue: 1 << 2)

    static func named(_ name: String) -> KeyOperations {
        switch name {
        case "verify": .verify
        case "sign": .sign
        default: .other
        }
    }
}
