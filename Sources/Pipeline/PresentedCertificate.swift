import PKIX
import Rules

/// The kind of transport certificate that came with a request, for whoever counts them.
enum PresentedCertificate: Int, CaseIterable, Sendable {
    case legacy
    case obwac
    case qwac
    /// One that is not for transport, or cannot be read.
    case other
    case none

    /// The kind in what was read of a request.
    init(_ evidence: Evidence) {
        guard let found = evidence.certificate else {
            self = evidence.certificateText == nil ? .none : .other
            return
        }
        self =
            switch found.profile {
            case .legacyTransport: .legacy
            case .obwac: .obwac
            case .qwac: .qwac
            case .legacySigning, .obseal, .qseal, .unknown: .other
            }
    }

    /// Its name among the labels of metrics; that of a profile as `policy.certificate_profiles` has it.
    var word: String {
        switch self {
        case .legacy: "legacy"
        case .obwac: "obwac"
        case .qwac: "qwac"
        case .other: "other"
        case .none: "none"
        }
    }
}
