/// A role of a payment service provider (ETSI TS 119 495 §5.1).
package enum PSD2Role: String, CaseIterable, Sendable {
    /// PSP_AS, account servicing (ASPSP).
    case accountServicing = "0.4.0.19495.1.1"
    /// PSP_PI, payment initiation (PISP).
    case paymentInitiation = "0.4.0.19495.1.2"
    /// PSP_AI, account information (AISP).
    case accountInformation = "0.4.0.19495.1.3"
    /// PSP_IC, issuing of card-based payment instruments (CBPII).
    case cardBasedInstruments = "0.4.0.19495.1.4"

    /// The role's name in the certificate.
    package var name: String {
        switch self {
        case .accountServicing: "PSP_AS"
        case .paymentInitiation: "PSP_PI"
        case .accountInformation: "PSP_AI"
        case .cardBasedInstruments: "PSP_IC"
        }
    }

    /// The role's name in a software statement (`software_roles`).
    package var directoryName: String {
        switch self {
        case .accountServicing: "ASPSP"
        case .paymentInitiation: "PISP"
        case .accountInformation: "AISP"
        case .cardBasedInstruments: "CBPII"
        }
    }
}
