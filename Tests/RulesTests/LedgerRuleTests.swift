import OpenBanking
import Testing

@testable import Rules

/// What the ledger knows, and the rules that must speak.
struct LedgerRow: CustomTestStringConvertible, Sendable {
    let name: String
    let rules: [RuleID]
    let operation: Operation
    let change: @Sendable (inout LedgerEvidence, inout Policy) -> Void

    init(
        _ rules: [RuleID],
        _ operation: Operation,
        _ name: String,
        _ change: @escaping @Sendable (inout LedgerEvidence, inout Policy) -> Void = { _, _ in }
    ) {
        (self.rules, self.operation, self.name, self.change) = (rules, operation, name, change)
    }

    var testDescription: String { "\(operation.rawValue): \(name)" }
}

/// Rules about earlier registrations.
struct LedgerRuleTests {
    @Test("the ledger's rules", arguments: ledgerRows)
    func ledger(_ row: LedgerRow) {
        var evidence = LedgerEvidence(operation: row.operation)
        evidence.softwareID = "software"
        evidence.organisationID = "organisation"
        evidence.certificateOrganisation = "organisation"
        evidence.certificateIdentifier = "PSDGB-FCA-1"
        if row.operation != .register {
            evidence.clientID = "client"
            evidence.stored = .init(
                softwareID: "software",
                organisationID: "organisation",
                organisationIdentifier: "PSDGB-FCA-1",
                environment: .sandbox,
                isDeleted: false
            )
        }
        var policy = Policy()
        row.change(&evidence, &policy)
        #expect(ledgerRules.filter { $0.check(evidence, policy) != nil }.map(\.id) == row.rules)
    }

    @Test("an unknown client and another's are answered alike, so that ids cannot be probed (A-19)")
    func unknownAndForeignAreAlike() throws {
        let known = try #require(ledgerRules.first { $0.id == .clientKnown })
        let owner = try #require(ledgerRules.first { $0.id == .clientOwner })
        #expect(known.status == 401 && owner.status == 401)
        #expect(known.code == nil && owner.code == nil)
        #expect(!known.isConfigurable && !owner.isConfigurable)
    }

    @Test("a used statement is let through unless the bank decides otherwise")
    func usedStatementsAreOff() throws {
        #expect(try #require(ledgerRules.first { $0.id == .statementUnused }).severity == .off)
    }
}

private let ledgerRows: [LedgerRow] =
    [
        .init([], .register, "nothing before"),
        .init([], .register, "many, where the bank allows many") { evidence, _ in evidence.registrations = 5 },
        .init([.softwareRegistered], .register, "a second one, where the bank refuses") { evidence, policy in
            policy.duplicates = .refuse
            evidence.registrations = 1
        },
        .init([], .register, "the first one, where the bank refuses a second") { _, policy in
            policy.duplicates = .refuse
        },
        .init([], .update, "an update, where the bank refuses a second registration") { evidence, policy in
            policy.duplicates = .refuse
            evidence.registrations = 1
        },
        .init([.statementUnused], .register, "the statement was used before") { evidence, _ in
            evidence.statementSeen = true
        },
        .init([.clientIDUnique], .register, "a migrated client_id that is in the ledger") { evidence, _ in
            evidence.clientIDIsTaken = true
        },
        .init([], .update, "its own client"), .init([], .delete, "its own client"), .init([], .read, "its own client"),
    ]
    + [Operation.update, .delete, .read].flatMap { operation -> [LedgerRow] in
        [
            .init([.clientKnown], operation, "an unknown client") { evidence, _ in evidence.stored = nil },
            .init([.clientKnown], operation, "a deleted client") { evidence, _ in evidence.stored?.isDeleted = true },
            .init([.clientKnown], operation, "a client of the other environment") { evidence, _ in
                evidence.stored?.environment = .production
            },
            .init([.clientOwner], operation, "another organisation's certificate") { evidence, _ in
                evidence.certificateOrganisation = "other"
                evidence.certificateIdentifier = "PSDGB-FCA-2"
            },
            .init([.clientOwner], operation, "a legacy certificate of another software") { evidence, _ in
                evidence.certificateSoftware = "other"
            },
            .init([], operation, "a legacy certificate of its own software") { evidence, _ in
                evidence.certificateSoftware = "software"
            },
            .init([.clientOwner], operation, "a certificate of nobody") { evidence, _ in
                evidence.certificateOrganisation = nil
                evidence.certificateIdentifier = nil
            },
            .init([], operation, "a QWAC of the same organisation, by its PSD2 identifier") { evidence, _ in
                evidence.certificateOrganisation = "tpp.example"
            },
        ]
    } + [
        .init([.clientOwner], .update, "another software statement") { evidence, _ in evidence.softwareID = "other" },
        .init([.clientOwner], .update, "another organisation's statement") { evidence, _ in
            evidence.organisationID = "other"
        },
    ]
