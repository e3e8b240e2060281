@testable import Simulator

/// One field of a registration and the ways it is changed at random.
struct MutantSource: Sendable, CustomStringConvertible {
    /// The field, as a score names it.
    let name: String
    /// How often it is chosen among the others.
    let weight: Int
    /// Changes the good registration; returns what was done and what must come of it.
    let mutate: @Sendable (inout Registration, inout RandomSource) throws -> (what: String, expected: Expected)

    init(
        _ name: String,
        weight: Int = 1,
        _ mutate:
            @escaping @Sendable (inout Registration, inout RandomSource) throws -> (what: String, expected: Expected)
    ) {
        (self.name, self.weight, self.mutate) = (name, weight, mutate)
    }

    /// A source that chooses among named changes.
    init(_ name: String, weight: Int = 1, among changes: [MutantChange]) {
        self.init(name, weight: weight) { registration, random in
            let change = changes[Int(random.next() % UInt64(changes.count))]
            try change.apply(&registration, &random)
            return (change.name, change.expected)
        }
    }

    var description: String { name }

    /// Whether a mutant needs a rule book of its own.
    var changesPolicy: Bool { ["policy", "issuing authorities", "legacy certificate subject"].contains(name) }

    /// Every field.
    static let all: [MutantSource] =
        requestTexts + requestLists + requestTimes + [subjectName, unaskedClaims]
        + [requestHeader, requestSignature] + statementTexts + statementLists + statementTimes
        + [statementHeader, authorityClaims, certificateNames, certificateContents, certificateTexts]
        + [keySets, directorySet, revokedSets, policyInputs]
        + [recordMembers, embeddedStatement, legacyCertificate, manualRegistration, authorities]
}

/// One change of a registration with what must come of it.
struct MutantChange: Sendable {
    let name: String
    let expected: Expected
    let apply: @Sendable (inout Registration, inout RandomSource) throws -> Void

    init(
        _ name: String,
        _ expected: Expected,
        _ apply: @escaping @Sendable (inout Registration, inout RandomSource) throws -> Void
    ) {
        (self.name, self.expected, self.apply) = (name, expected, apply)
    }
}
