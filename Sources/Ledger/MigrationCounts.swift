package import OpenBanking

/// What a migration batch took over, and which rules it judged as of the registrations.
package struct MigrationCounts: Sendable, Equatable {
    /// Clients taken over with their ids.
    package var clients: Int
    /// Accepted records for which at least one rule was judged as of the registration.
    package var relaxed: Int
    /// Accepted records by rule that was so judged.
    package var rules: [RuleID: Int]

    /// Nothing yet.
    package init() {
        clients = 0
        relaxed = 0
        rules = [:]
    }

    init(clients: Int, relaxed: Int, rulesText: String) {
        self.clients = clients
        self.relaxed = relaxed
        rules = [:]
        for pair in rulesText.split(separator: ",") {
            let parts = pair.split(separator: ":")
            guard parts.count == 2, let rule = RuleID(name: String(parts[0])), let count = Int(parts[1]) else {
                continue
            }
            rules[rule] = count
        }
    }

    /// The rules and their counts as the database keeps them: `R-074:12,R-094:3`.
    var rulesText: String {
        rules.sorted { $0.key < $1.key }.map { "\($0.key.name):\($0.value)" }.joined(separator: ",")
    }

    /// Counts one accepted record.
    package mutating func add(isClient: Bool, relaxed rules: some Sequence<RuleID>) {
        if isClient { clients += 1 }
        var any = false
        for rule in Set(rules) {
            self.rules[rule, default: 0] += 1
            any = true
        }
        if any { relaxed += 1 }
    }
}
