package import Encoding

/// Why a set of anchors cannot be used; `index` counts the bodies given.
package enum TrustFault: Error, Equatable, Sendable {
    case noCertificate(index: Int)
    case pem(PEMError, index: Int)
    case certificate(CertificateFault, index: Int)
    /// A certificate that is no authority, by its subject.
    case notAuthority(String, index: Int)
    /// An authority that by its own words cannot serve, in one sentence.
    case unfitAnchor(String, index: Int)
    /// There is no self-signed authority among them.
    case noAnchor
    /// The path machinery refused them.
    case library(String)

    /// A stable name for logs and tests.
    package var code: String {
        switch self {
        case .noCertificate: "trust_no_certificate"
        case .pem: "trust_pem"
        case .certificate(let fault, _): fault.code
        case .notAuthority: "trust_not_authority"
        case .unfitAnchor: "trust_unfit_anchor"
        case .noAnchor: "trust_no_anchor"
        case .library: "trust_library"
        }
    }
}
