import OpenBanking

@testable import Rules
@testable import Simulator

/// iat and exp of the request; it was signed a minute ago and lives 1,740 seconds more.
let requestTimes: [MutantSource] = [
    MutantSource(
        "request iat",
        weight: 8,
        among: times("iat", .issuedAtForm) + [
            time("iat", "a moment ago", .accepted) { Stage.now - $0.number(0..<5_000) },
            time("iat", "within the clock's skew", .accepted) { Stage.now + $0.number(0..<61) },
            time("iat", "the future", .refused(.notFuture)) { Stage.now + $0.number(61..<1_740) },
            time("iat", "behind exp", .refused(.notFuture)) { Stage.now + $0.number(1_740..<90_000) },
            time("iat", "1970", .accepted) { _ in 0 },
        ]
    ),
    MutantSource(
        "request exp",
        weight: 8,
        among: times("exp", .expiresAtForm, and: [.notFuture]) + [
            time("exp", "later", .accepted) { Stage.now + $0.number(0..<90_000) },
            time("exp", "a moment ago, within the skew", .accepted) { Stage.now - $0.number(1..<60) },
            time("exp", "iat itself", .refused(.notFuture)) { _ in Stage.now - 60 },
            time("exp", "the past", .refused(.notExpired, .notFuture)) { Stage.now - $0.number(61..<90_000) },
            time("exp", "1970", .refused(.notExpired, .notFuture)) { _ in 0 },
        ]
    ),
]

/// iat, exp and nbf of the statement; it was issued an hour ago and may be a day old.
let statementTimes: [MutantSource] = [
    MutantSource(
        "statement iat",
        weight: 6,
        among: [
            stated("iat", "absent", nil, .statementClaims), stated("iat", "null", .null, .statementClaims),
            stated("iat", "a string", "1800000000", .statementClaims),
            stated("iat", "a fraction", .raw("1799990000.5"), .statementClaims),
            stated("iat", "negative", -1, .statementClaims), stated("iat", "1970", 0, .statementAge),
            stated("iat", "milliseconds", 1_799_990_000_000, .statementClaims, .statementNotFuture),
            stated("iat", "a list", [1_799_990_000], .statementClaims),
            stated("iat", "in exponents", .raw("1.79999e9")),
            statedTime("iat", "today", .accepted) { Stage.now - $0.number(0..<86_400) },
            statedTime("iat", "the skew", .accepted) { Stage.now + $0.number(0..<61) },
            statedTime("iat", "the future", .refused(.statementNotFuture)) { Stage.now + $0.number(61..<90_000) },
            statedTime("iat", "too old", .refused(.statementAge)) { Stage.now - 86_461 - $0.number(0..<90_000) },
        ]
    ),
    MutantSource(
        "statement exp and nbf",
        weight: 4,
        among: [
            stated("exp", "null", .null), stated("nbf", "null", .null),
            stated("exp", "a string", "later", .statementWindow), stated("nbf", "a string", "now", .statementWindow),
            stated("exp", "negative", -5, .statementWindow), stated("nbf", "negative", -5, .statementWindow),
            statedTime("exp", "later", .accepted) { Stage.now - 60 + $0.number(0..<90_000) },
            statedTime("exp", "the past", .refused(.statementWindow)) { Stage.now - 61 - $0.number(0..<90_000) },
            statedTime("nbf", "the past", .accepted) { Stage.now + 60 - $0.number(0..<90_000) },
            statedTime("nbf", "the future", .refused(.statementWindow)) { Stage.now + 61 + $0.number(0..<90_000) },
        ]
    ),
]

private func times(_ claim: String, _ form: RuleID, and negative: Set<RuleID> = []) -> [MutantChange] {
    func value(_ name: String, _ value: DraftValue?, _ expected: Expected) -> MutantChange {
        MutantChange("\(claim): \(name)", expected) { r, _ in r.claims[claim] = value }
    }
    return [
        value("absent", nil, .refused(form)), value("null", .null, .refused(form)),
        value("a bool", true, .refused(form)), value("a string", "1800000000", .refused(form)),
        value("a list", [1_799_999_000], .refused(form)), value("an object", .object([:]), .refused(form)),
        value("a fraction", .raw("1800000000.5"), .refused(form)),
        value("too large for a number", .raw("1e30"), .refused(form)),
        value("milliseconds", 1_800_000_000_000, .refused(form)),
        value("negative", -1, .refused(negative.union([form]))),
        MutantChange("\(claim): with a fraction of nothing", .accepted) { r, _ in
            guard case .number(let number)? = r.claims[claim] else { return }
            r.claims[claim] = .raw("\(number).000")
        },
        MutantChange("\(claim): twice", .malformed(.strictJSON)) { r, _ in r.claims.append(claim, .number(Stage.now)) },
    ]
}

private func time(
    _ claim: String,
    _ name: String,
    _ expected: Expected,
    _ make: @escaping @Sendable (inout RandomSource) -> Int64
) -> MutantChange {
    MutantChange("\(claim): \(name)", expected) { r, random in r.claims[claim] = .number(make(&random)) }
}

private func stated(_ claim: String, _ name: String, _ value: DraftValue?, _ rules: RuleID...) -> MutantChange {
    MutantChange("\(claim): \(name)", .refused(Set(rules))) { r, _ in r.stated[claim] = value }
}

private func statedTime(
    _ claim: String,
    _ name: String,
    _ expected: Expected,
    _ make: @escaping @Sendable (inout RandomSource) -> Int64
) -> MutantChange {
    MutantChange("\(claim): \(name)", expected) { r, random in r.stated[claim] = .number(make(&random)) }
}
