import PKIX
import Scores
import Testing

/// The 249 runs of NIST PKITS 1.0.1 as of 2011-04-15.
@Suite("PKITS", .enabled(if: Vectors.arePresent, Vectors.absence)) struct PKITSTests {
    /// The runs refused though the suite accepts them, and why.
    static let stricter: [String: String] = [
        "1ValidDSASignaturesTest4": "no DSA",
        "1ValidDSAParameterInheritanceTest5": "no DSA",
        "6ValidbasicConstraintsNotCriticalTest4": "an authority's basicConstraints are critical (RFC 5280 §4.2.1.9)",
        "14ValidIDPwithindirectCRLTest22": "no indirect lists",
        "14ValidIDPwithindirectCRLTest24": "no indirect lists",
        "14ValidIDPwithindirectCRLTest25": "no indirect lists",
        "14ValidcRLIssuerTest28": "no indirect lists",
        "14ValidcRLIssuerTest29": "no indirect lists",
        "14ValidcRLIssuerTest30": "no indirect lists",
        "14ValidcRLIssuerTest33": "no indirect lists",
    ]

    @Test("nothing is accepted that the suite refuses; what is refused beyond it is named")
    func agrees() throws {
        let runs = try PKITSCase.all()
        #expect(runs.count == 249)
        var (falseAccepts, falseRejects): ([String], [String]) = ([], [])
        for run in runs {
            let refusal = try PKITSJudge(run).refusal()
            switch (run.shouldValidate, refusal) {
            case (true, nil), (false, .some): continue
            case (false, nil): falseAccepts.append(run.id)
            case (true, .some(let reason)):
                falseRejects.append(run.id)
                #expect(Self.stricter[run.id] != nil, "\(run.name): \(reason)")
            }
        }
        #expect(falseAccepts == [])
        #expect(Set(falseRejects) == Set(Self.stricter.keys), "what is gone should leave the table")
        #expect(runs.count - falseRejects.count >= 239)
        Score(
            "pkits",
            passed: runs.count - falseRejects.count - falseAccepts.count,
            of: runs.count,
            falseAccepts: falseAccepts,
            falseRejects: falseRejects,
            note: "policies, deltas and signers of lists beside the issuer by settings only tests can make"
        ).record()
    }

    /// The runs the product accepts though the suite refuses them, and why.
    static let unprocessed: [String: String] = [
        "8AllCertificatesSamePolicyTest1Subpart3": "the run asks for a policy, which nobody asks of the product",
        "8AllCertificatesNoPoliciesTest2Subpart2": "the run asks for a policy, which nobody asks of the product",
        "8DifferentPoliciesTest3Subpart2": "the run asks for a policy, which nobody asks of the product",
        "8DifferentPoliciesTest3Subpart3": "the run asks for a policy, which nobody asks of the product",
        "15InvaliddeltaCRLTest4": "revoked on a delta only; the complete list, still current, does not say so",
    ]

    @Test("what the product accepts beyond the suite hangs on what it does not process")
    func productSettings() throws {
        let runs = try PKITSCase.all()
        var (accepts, rejects): ([String], [String]) = ([], [])
        for run in runs {
            let refusal = try PKITSJudge(run, .product).refusal()
            if refusal == nil, !run.shouldValidate { accepts.append(run.id) }
            if refusal != nil, run.shouldValidate { rejects.append(run.id) }
        }
        #expect(Set(accepts) == Set(Self.unprocessed.keys))
        Score(
            "pkits, product settings",
            passed: runs.count - accepts.count - rejects.count,
            of: runs.count,
            falseAccepts: accepts,
            falseRejects: rejects,
            note: "no policies, deltas, lists by other keys or authorities as leaf; paths of four"
        ).record()
    }
}
