import OpenBanking
import Rules

/// Rules that were not asked about a request, by what kept them from being asked.
struct UnreachedRules {
    let reason: String
    let rules: [RuleID]

    /// The rules as people read them: `R-061 to R-078, R-100`.
    var names: String {
        var parts: [String] = []
        var index = 0
        while index < rules.count {
            var end = index
            while end + 1 < rules.count, rules[end + 1].rawValue == rules[end].rawValue + 1 { end += 1 }
            switch end - index {
            case 0: parts.append(rules[index].name)
            case 1: parts += [rules[index].name, rules[end].name]
            default: parts.append("\(rules[index].name) to \(rules[end].name)")
            }
            index = end + 1
        }
        return parts.joined(separator: ", ")
    }

    /// The groups, in the order of their first rules.
    static func all(_ ids: [RuleID], _ evidence: Evidence) -> [UnreachedRules] {
        let needs = Dictionary(RuleBook.all.map { ($0.id, $0.needs) }, uniquingKeysWith: { first, _ in first })
        var order: [String] = []
        var groups: [String: [RuleID]] = [:]
        for id in ids {
            let reason = needs[id].flatMap { self.reason(for: $0, evidence) } ?? "what it needs is not there"
            if groups[reason] == nil { order.append(reason) }
            groups[reason, default: []].append(id)
        }
        return order.map { UnreachedRules(reason: $0, rules: groups[$0] ?? []) }
    }

    private static func reason(for needs: Reached, _ evidence: Evidence) -> String? {
        for step in steps where needs.contains(step.flag) && !evidence.has(step.flag) {
            return cause(step, evidence)
        }
        return nil
    }

    /// The earliest step that failed among those a step builds on.
    private static func cause(_ step: Step, _ evidence: Evidence) -> String {
        for flag in step.after where !evidence.has(flag) {
            if let earlier = steps.first(where: { $0.flag == flag }) { return cause(earlier, evidence) }
        }
        return step.words
    }

    private struct Step {
        let flag: Reached
        let words: String
        var after: [Reached] = []
    }

    private static let steps: [Step] = [
        Step(flag: .record, words: "the record cannot be read"),
        Step(flag: .dynamic, words: "for signed requests (dcr) only, which this is not"),
        Step(flag: .manual, words: "for manual registrations (mcr) only, which this is not"),
        Step(flag: .certificateNeeded, words: "for requests made over TLS only, which this is not", after: [.record]),
        Step(flag: .requestFramed, words: "the request is not a compact JWS"),
        Step(flag: .requestHeader, words: "the request's header cannot be read", after: [.requestFramed]),
        Step(flag: .metadata, words: "the request's claims cannot be read", after: [.requestFramed]),
        Step(flag: .statementFramed, words: "there is no software statement that is a compact JWS"),
        Step(
            flag: .statementHeader,
            words: "the software statement's header cannot be read",
            after: [.statementFramed]
        ),
        Step(flag: .statementRead, words: "the software statement's claims cannot be read", after: [.statementFramed]),
        Step(flag: .directoryKeys, words: "the directory's keys are not in the cache, or too old"),
        Step(
            flag: .directoryKey,
            words: "the directory key the software statement names is not known",
            after: [.statementHeader, .statementRead, .directoryKeys]
        ),
        Step(
            flag: .statementTrusted,
            words: "the directory's signature over the software statement is not one to believe",
            after: [.directoryKey]
        ),
        Step(
            flag: .softwareKeys,
            words: "the software's keys are not in the cache, or too old",
            after: [.statementTrusted]
        ),
        Step(
            flag: .requestKey,
            words: "the key the request names is not among the software's keys",
            after: [.requestHeader, .metadata, .softwareKeys]
        ),
        Step(
            flag: .requestChecked,
            words: "no key of the software fits the request's signature",
            after: [.requestKey]
        ),
        Step(flag: .certificate, words: "no transport certificate that can be read was presented"),
        Step(flag: .identity, words: "there is no id_token that can be read"),
        Step(flag: .identityChecked, words: "the id_token's signature could not be checked", after: [.identity]),
    ]
}
