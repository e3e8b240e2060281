import Crypto
import OpenBanking

/// An organisation of the simulated directory.
package struct SimulatedOrganisation: Sendable {
    /// Its place in the directory.
    package let index: Int
    /// Its id: 18 letters and digits.
    package let id: String
    /// Its legal name.
    package let name: String
    /// The roles its competent authority granted, in the directory's spelling.
    package let roles: [String]
    /// Its competent authority as the statement spells it: `FCAGBR`, or `OBGBR` in the sandbox.
    package let authorityID: String
    /// Its number there.
    package let registrationID: String
    /// Its PSD2 identifier (2.5.4.97).
    package let organisationIdentifier: String
    /// The authority in a PSD2 statement: `GB-FCA`, or `GB-OB` in the sandbox.
    package let authorityCode: String

    init(index: Int, environment: DirectoryEnvironment, _ random: inout RandomSource) {
        self.index = index
        id = "0015800001" + random.word(8)
        let first = Self.firstNames.randomElement(using: &random) ?? "Alder"
        let second = Self.secondNames.randomElement(using: &random) ?? "Money"
        name = "\(first) \(second) \(index) Limited"
        roles = index % 4 == 3 ? ["AISP", "PISP"] : ["AISP", "PISP", "CBPII"]
        let authority = environment == .production ? "FCA" : "OB"
        registrationID = environment == .production ? "\(500_000 + index)" : "Unknown\(id)"
        authorityID = authority + "GBR"
        authorityCode = "GB-" + authority
        organisationIdentifier = "PSDGB-\(authority)-\(registrationID)"
    }

    /// The PSD2 statements of the organisation's certificates.
    func statements(_ kind: QCStatementsTemplate.Kind) -> QCStatementsTemplate {
        var statements = QCStatementsTemplate()
        statements.kinds = [kind]
        statements.authorityID = authorityCode
        statements.authorityName = authorityCode == "GB-FCA" ? "Financial Conduct Authority" : "Open Banking"
        statements.roles = roles.compactMap { role in
            switch role {
            case "PISP": .paymentInitiation
            case "AISP": .accountInformation
            case "CBPII": .cardBasedIssuing
            default: nil
            }
        }
        return statements
    }

    private static let firstNames = [
        "Alder", "Birch", "Cedar", "Damson", "Elder", "Fern", "Gorse", "Hazel", "Juniper", "Larch",
    ]
    private static let secondNames = [
        "Accounts", "Ledger", "Money", "Payments", "Savings", "Finance", "Credit", "Open",
    ]
}
