import Encoding
package import Ledger
package import OpenBanking
import PKIX
package import Rules

/// Gathers what the ledger's rules ask, from live evidence and from the ledger.
package enum LedgerQuestion {
    /// What is to be asked of an operation on a client; `stored` is the client it names, where there is one.
    package static func operation(_ evidence: Evidence, _ stored: ClientRecord?) -> LedgerEvidence {
        var known = LedgerEvidence(operation: evidence.operation)
        known.clientID = evidence.clientID?.string ?? ""
        known.stored = stored.map {
            LedgerEvidence.StoredClient(
                softwareID: $0.softwareID,
                organisationID: $0.organisationID,
                organisationIdentifier: $0.organisationIdentifier,
                environment: $0.environment,
                isDeleted: $0.isDeleted
            )
        }
        known.softwareID = evidence.statedText(.softwareID)?.string
        known.organisationID = evidence.statedText(.organisationID)?.string
        let subject = evidence.certificate?.names
        switch evidence.certificate?.profile {
        case .legacyTransport:
            known.certificateOrganisation = subject?.organisationalUnit
            known.certificateSoftware = subject?.commonName
        case .obwac: known.certificateOrganisation = subject?.commonName
        default: known.certificateOrganisation = nil  // elsewhere the CN is whatever its holder asked for
        }
        known.certificateIdentifier = subject?.organisationIdentifier
        return known
    }

    /// What is to be asked of a registration of this software; the ledger counts only what a rule in force wants.
    package static func registration(
        of client: Registrant,
        _ policy: Policy,
        in group: LedgerGroup?
    ) throws(LedgerError) -> LedgerEvidence {
        var known = LedgerEvidence(operation: .register)
        known.softwareID = client.softwareID
        known.organisationID = client.organisationID
        known.clientID = client.existingID
        guard let group else { return known }
        if policy.duplicates == .refuse {
            known.registrations = try group.clients.countActive(
                softwareID: client.softwareID,
                environment: client.environment
            )
        }
        if let id = client.existingID { known.clientIDIsTaken = try group.clients.find(id) != nil }
        return known
    }

    /// Who is to be registered.
    package struct Registrant {
        package var softwareID: String
        package var organisationID: String
        package var environment: DirectoryEnvironment
        /// The client_id that a migrated record brings.
        package var existingID: String?

        package init(
            softwareID: String,
            organisationID: String,
            environment: DirectoryEnvironment,
            existingID: String?
        ) {
            self.softwareID = softwareID
            self.organisationID = organisationID
            self.environment = environment
            self.existingID = existingID
        }

        /// Who the evidence of an accepted registration is about.
        package init(_ evidence: Evidence) {
            self.init(
                softwareID: evidence.statedText(.softwareID)?.string ?? "",
                organisationID: evidence.statedText(.organisationID)?.string ?? "",
                environment: evidence.environment ?? evidence.policy.environment,
                existingID: evidence.existing?.clientID.string
            )
        }
    }
}
