package import OpenBanking

/// What the ledger knows of a request at the moment of deciding: the part of the evidence that only one thread may read.
package struct LedgerEvidence: Sendable {
    /// A client as the ledger keeps it, as far as the rules ask.
    package struct StoredClient: Sendable, Equatable {
        package var softwareID: String
        package var organisationID: String
        package var organisationIdentifier: String?
        package var environment: DirectoryEnvironment
        package var isDeleted: Bool

        package init(
            softwareID: String,
            organisationID: String,
            organisationIdentifier: String?,
            environment: DirectoryEnvironment,
            isDeleted: Bool
        ) {
            self.softwareID = softwareID
            self.organisationID = organisationID
            self.organisationIdentifier = organisationIdentifier
            self.environment = environment
            self.isDeleted = isDeleted
        }
    }

    package var operation: Operation
    /// The client named by an update, a delete or a read; nil where it names none or none is stored.
    package var stored: StoredClient?
    package var clientID: String?
    package var softwareID: String?
    package var organisationID: String?
    /// The organisation of the presented certificate, where one was presented: its org_id or PSD2 identifier.
    package var certificateOrganisation: String?
    package var certificateIdentifier: String?
    /// The software of the presented certificate, where its profile names one (legacy).
    package var certificateSoftware: String?
    /// How many live clients this software statement has in this environment.
    package var registrations: Int
    /// True where the statement's own (iss, jti) was used by an earlier request.
    package var statementSeen: Bool
    /// True where the client_id a migrated record brings is in the ledger, deleted or not.
    package var clientIDIsTaken = false

    package init(operation: Operation) {
        self.operation = operation
        registrations = 0
        statementSeen = false
    }
}
