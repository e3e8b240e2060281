import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX
import Rules

/// Writes results from live evidence (docs/FORMATS.md, "Result").
struct ResultWriter {
    let evidence: Evidence
    let plan: ProcessPlan

    /// Appends the result of a verdict, one line without its end.
    func write(
        _ verdict: Verdict,
        _ answer: ResultAnswer,
        source: ResultSource,
        to output: ByteBuffer
    ) {
        var result = ResultEvidence(
            snapshot: evidence.generation,
            decidedAt: evidence.now,
            arrivedAt: evidence.arrivedAt,
            possession: evidence.possession
        )
        result.directoryKeyID = evidence.statementSigned ? evidence.statement.header?.keyID : nil
        result.requestKeyID = evidence.requestVerified ? evidence.request.header?.keyID : nil
        result.certificateSHA256 = evidence.certificate?.certificate.fingerprint.hex
        result.keysFetchedAt = (evidence.softwareKeys ?? evidence.directoryKeys)?.fetchedAt
        result.overrides = verdict.findings.map(\.rule).filter { plan.policy.overrides[$0] != nil }
        ResultDocument(
            source: source,
            reference: evidence.reference,
            requestSHA256: evidence.digest.hex,
            outcome: verdict.outcome,
            findings: verdict.findings,
            evidence: result
        )
        .write(to: output, answer: answer)
    }

    /// The answer to a request that nothing was issued for.
    static func refusal(_ verdict: Verdict) -> ResultAnswer {
        switch verdict.outcome {
        case .deferred: return .pending
        case .accepted, .duplicate: return .pending
        case .rejected, .malformed:
            guard let primary = verdict.primary else { return .pending }
            guard let code = primary.code else { return .unauthorised }
            return .refused(code, description: "\(primary.rule.name): \(primary.message)")
        }
    }

    /// The response of an accepted registration or update.
    func response(_ credentials: IssuedCredentials) -> RegistrationResponse {
        RegistrationResponse(
            credentials: credentials,
            metadata: evidence.request.claims,
            statement: evidence.statement.claims,
            statementText: evidence.statementText ?? ByteSlice(""),
            defaultRedirectURIs: evidence.claim(.redirectURIs) == nil ? DefaultRedirects.uris(evidence) : nil
        )
    }
}
