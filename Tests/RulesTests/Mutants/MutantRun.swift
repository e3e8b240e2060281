import OpenBanking

@testable import Rules
@testable import Simulator

/// Makes mutants from one seed and judges them.
struct MutantRun {
    private(set) var judged = 0
    private(set) var accepted = 0
    /// Every rule that spoke because it had to.
    private(set) var rules: Set<RuleID> = []
    /// Each mutant that did not end as it must.
    private(set) var wrong: [Wrong] = []
    private var random: RandomSource
    private let good: [Registration]
    private let examiner: Examiner
    private let weights: Int

    init(seed: UInt64) throws {
        random = RandomSource(seed: seed, stream: 77)
        good = try [Stage.elliptic, Stage.elliptic, Stage.plain, Stage.sibling].map { index in
            var registration = try Registration(index)
            // Signed once: most mutants do not change it.
            registration.signedStatement = try registration.request.statement.compact()
            return registration
        }
        let policy = try Stage.policy
        examiner = Examiner(policy: policy, book: RuleBook(policy), indexes: ClaimIndexes())
        weights = MutantSource.all.reduce(0) { $0 + $1.weight }
    }

    /// Changes a field chosen at random.
    mutating func judgeOne() throws {
        var place = Int(random.next() % UInt64(weights))
        for source in MutantSource.all {
            place -= source.weight
            if place < 0 { return try judge(source) }
        }
    }

    /// Changes the field of `source`.
    mutating func judge(_ source: MutantSource) throws {
        let original = good[Int(random.next() % UInt64(good.count))]
        var mutant = original
        let (what, expected) = try source.mutate(&mutant, &random)
        mutant.reuseStatement(of: original)
        // Each mutant is judged by a snapshot of its own, as every change of the cache makes one.
        mutant.world.generation = 1_000 + judged
        let verdict = try source.changesPolicy ? mutant.verdict() : mutant.verdict(examiner)
        judged += 1
        accepted += verdict.outcome == .accepted ? 1 : 0
        let spoke = verdict.findings.filter { $0.severity == .error || $0.severity == .deferral }
        guard !expected.fits(verdict) else { return rules.formUnion(expected.rules ?? []) }
        let said = spoke.map { "\($0.rule.name) \($0.message) \($0.value ?? "")" }.joined(separator: "; ")
        wrong.append(
            Wrong(
                name: "\(source.name): \(what)",
                isAccepted: verdict.outcome == .accepted,
                told: "must be \(expected), is \(verdict.outcome.rawValue) [\(said)]"
            )
        )
    }

    /// A mutant that did not end as it must.
    struct Wrong: CustomStringConvertible, Sendable {
        let name: String
        let isAccepted: Bool
        let told: String

        var description: String { "\(name): \(told)" }
    }
}
