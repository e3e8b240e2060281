/// Why bytes are not a certificate this module can describe.
package enum CertificateFault: Error, Equatable, Sendable {
    case tooLarge(limit: Int)
    case der(DERFault)
    case version
    case name(DNFault)
    case duplicateExtension(String)
    case tooManyExtensions(limit: Int)

    /// A stable name for logs and tests.
    package var code: String {
        switch self {
        case .tooLarge: "certificate_too_large"
        case .der(let fault): fault.code
        case .version: "certificate_version"
        case .name(let fault): fault.code
        case .duplicateExtension: "certificate_duplicate_extension"
        case .tooManyExtensions: "certificate_too_many_extensions"
        }
    }
}
