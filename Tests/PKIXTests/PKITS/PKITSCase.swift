import Crypto
import Encoding
import Foundation

/// One run of PKITS: certificates from the anchor to the leaf, lists, and the inputs of policy processing.
struct PKITSCase: Decodable, Sendable {
    struct File: Decodable { let testcases: [PKITSCase] }

    let name: String
    let certs: [String]
    let crls: [String]
    let initialPolicySet: [String]
    let initialExplicitPolicy: Bool
    let initialPolicyMappingInhibit: Bool
    let initialInhibitAnyPolicy: Bool
    let shouldValidate: Bool

    /// When the suite is judged: 2011-04-15.
    static let now: UnixTime = 1_302_825_600

    /// The name without the section's words, as deltas are listed by.
    var id: String { String(name.drop { !$0.isNumber }) }

    var policies: CertificatePolicyInputs {
        CertificatePolicyInputs(
            acceptable: initialPolicySet.map { policy in
                policy == "anyPolicy"
                    ? CertificatePolicyInputs.anyPolicy
                    : "2.16.840.1.101.3.2.1.48.\(policy.split(separator: "-").last ?? "")"
            },
            isExplicit: initialExplicitPolicy,
            inhibitsMapping: initialPolicyMappingInhibit,
            inhibitsAny: initialInhibitAnyPolicy
        )
    }

    static func all() throws -> [PKITSCase] {
        try JSONDecoder().decode(File.self, from: Data(try Vectors.bytes("pkits/pkits_tests.json"))).testcases
    }
}
