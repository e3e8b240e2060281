import Crypto
import Encoding
import OpenBanking
import Simulator
import Testing

@testable import Rules

/// Whose client it is, and by which bytes a request without a statement is remembered.
struct OwnershipTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var organisation: String?
        var identifier: String?
        var storedIdentifier: String? = "PSDGB-FCA-1"
        let isOwner: Bool
    }

    static let rows = [
        Row(testDescription: "its organisation", organisation: "0015", isOwner: true),
        Row(testDescription: "its PSD2 identifier", identifier: "PSDGB-FCA-1", isOwner: true),
        Row(testDescription: "another organisation", organisation: "0016", identifier: "PSDGB-FCA-2", isOwner: false),
        Row(testDescription: "an organisation named like its identifier", organisation: "PSDGB-FCA-1", isOwner: false),
        Row(testDescription: "an identifier named like its organisation", identifier: "0015", isOwner: false),
        Row(testDescription: "nobody", isOwner: false),
        Row(testDescription: "empty names on both sides", identifier: "", storedIdentifier: "", isOwner: false),
    ]

    @Test("a client belongs to", arguments: rows)
    func owner(_ row: Row) {
        for operation in [Operation.delete, .read] {
            var known = LedgerEvidence(operation: operation)
            known.certificateOrganisation = row.organisation
            known.certificateIdentifier = row.identifier
            known.stored = LedgerEvidence.StoredClient(
                softwareID: "s",
                organisationID: "0015",
                organisationIdentifier: row.storedIdentifier,
                environment: .sandbox,
                isDeleted: false
            )
            let policy = Policy()
            let faults = ledgerRules.filter { $0.check(known, policy) != nil }.map(\.id)
            #expect(faults == (row.isOwner ? [] : [.clientOwner]))
        }
    }

    @Test("a delete is remembered by its record, whatever request lies in it")
    func digest() throws {
        var registration = try Registration()
        registration.deliver([("operation", "delete"), ("client_id", "c-1"), ("request", "a.b.c")])
        let examiner = Examiner(
            policy: registration.policy,
            book: RuleBook(registration.policy),
            indexes: ClaimIndexes()
        )
        _ = try registration.verdict(examiner)
        #expect(examiner.evidence.digest == SHA256Digest.of(try registration.text()))
    }
}
