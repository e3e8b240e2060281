/// Why a template does not become a certificate or a list.
package enum TemplateFault: Error, Equatable, Sendable {
    /// Not a dotted object identifier.
    case objectIdentifier(String)
    /// Not an IPv4 or IPv6 address in text form.
    case address(String)
    /// A time outside the years 1950 to 9999.
    case time(Int64)
    /// The key did not sign.
    case signing(CryptoError)
}
