package import Encoding
package import OpenBanking

/// What a report says of many results, gathered one by one: its size follows from its limits, not from their number.
package struct ReportTally: Sendable {
    /// One organisation's results.
    package struct Organisation: Sendable, Equatable {
        package var id: String
        package var name: String?
        package var outcomes: [Outcome: Int] = [:]

        package var total: Int { outcomes.values.reduce(0, +) }
    }

    /// How often a rule refused.
    package struct RuleCount: Sendable, Equatable {
        /// Requests it decided.
        package var decided = 0
        /// Requests it was found in.
        package var found = 0
    }

    /// What requests wait for, of one kind.
    package struct Wait: Sendable, Equatable, Hashable {
        package var rule: String
        package var message: String
        package var value: String?
    }

    package private(set) var outcomes: [Outcome: Int] = [:]
    package private(set) var rules: [String: RuleCount] = [:]
    package private(set) var refusals: [ReportedResult] = []
    package private(set) var waits: [Wait: Int] = [:]
    /// Waiting requests of kinds that are not among `waits`.
    package private(set) var otherWaits = 0
    package private(set) var organisations: [String: Organisation] = [:]
    /// Results of organisations that are not among `organisations`, and of none that is known.
    package private(set) var otherOrganisations = 0
    package private(set) var unknownOrganisation = 0
    package private(set) var relaxations: [String: Int] = [:]
    package private(set) var overridden: [String: Int] = [:]
    package private(set) var environments: Set<String> = []
    package private(set) var keyAge: ClosedRange<UnixTime>?
    package private(set) var snapshots: ClosedRange<Int>?
    package private(set) var decided: ClosedRange<UnixTime>?

    /// Refusals shown, kinds of waiting and organisations counted, at most.
    package static let refusalLimit = 100
    static let waitLimit = 200
    static let organisationLimit = 5000

    package init() {}

    package var total: Int { outcomes.values.reduce(0, +) }

    /// How many results ended so.
    package func count(_ outcome: Outcome) -> Int { outcomes[outcome, default: 0] }

    /// Adds one result.
    package mutating func add(_ result: ReportedResult) {
        outcomes[result.outcome, default: 0] += 1
        addOrganisation(result)
        for rule in result.relaxations { relaxations[rule, default: 0] += 1 }
        for rule in Set(result.overrides) { overridden[rule, default: 0] += 1 }
        if let environment = result.environment, environments.count < 4 { environments.insert(environment) }
        if result.outcome != .duplicate { addEvidence(result) }
        switch result.outcome {
        case .rejected, .malformed: addRefusal(result)
        case .deferred: addWait(result)
        case .accepted, .duplicate: break
        }
    }

    private mutating func addEvidence(_ result: ReportedResult) {
        if let fetched = result.keysFetchedAt {
            let age = max(0, result.decidedAt - fetched)
            keyAge = keyAge.map { min($0.lowerBound, age)...max($0.upperBound, age) } ?? age...age
        }
        guard result.snapshot > 0 || result.outcome != .deferred else { return }
        let (number, time) = (result.snapshot, result.decidedAt)
        snapshots = snapshots.map { min($0.lowerBound, number)...max($0.upperBound, number) } ?? number...number
        decided = decided.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
    }

    private mutating func addRefusal(_ result: ReportedResult) {
        if refusals.count < Self.refusalLimit { refusals.append(result) }
        if let rule = result.deciding?.rule { rules[rule, default: RuleCount()].decided += 1 }
        for rule in Set(result.findings.filter { $0.severity == "error" }.map(\.rule)) {
            rules[rule, default: RuleCount()].found += 1
        }
    }

    private mutating func addWait(_ result: ReportedResult) {
        let finding = result.deciding
        let wait = Wait(
            rule: finding?.rule ?? "",
            message: finding?.message ?? "keys are missing",
            value: finding?.value
        )
        guard waits[wait] != nil || waits.count < Self.waitLimit else { return otherWaits += 1 }
        waits[wait, default: 0] += 1
    }

    private mutating func addOrganisation(_ result: ReportedResult) {
        guard let id = result.organisationID else { return unknownOrganisation += 1 }
        guard organisations[id] != nil || organisations.count < Self.organisationLimit else {
            return otherOrganisations += 1
        }
        organisations[id, default: Organisation(id: id)].outcomes[result.outcome, default: 0] += 1
        if let name = result.organisationName { organisations[id]?.name = name }
    }
}
