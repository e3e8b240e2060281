import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX
import Rules

/// Writes results from live evidence (docs/FORMATS.md, "Result").
struct ResultWriter {
    let evidence: Evidence
    private let recipient: JWERecipient?

    init(evidence: Evidence, plan: ProcessPlan) {
        self.evidence = evidence
        recipient = plan.recipient
    }

    /// Appends the result of a verdict, one line without its end.
    func write(
        _ verdict: Verdict,
        _ answer: ResultAnswer,
        source: ResultSource,
        instructions: [ResultInstruction] = [],
        to output: ByteBuffer
    ) throws(SealingFault) {
        var document = ResultDocument(
            source: source,
            reference: evidence.reference,
            requestSHA256: evidence.digest.hex,
            outcome: verdict.outcome,
            findings: verdict.findings,
            evidence: Self.evidence(evidence, verdict)
        )
        document.instructions = instructions
        if evidence.mode == .migration { document.migration = migration(verdict) }
        try document.write(to: output, answer: answer, sealedTo: recipient)
    }

    /// What a verdict rests on.
    static func evidence(_ evidence: Evidence, _ verdict: Verdict) -> ResultEvidence {
        var result = ResultEvidence(
            snapshot: evidence.generation,
            decidedAt: evidence.now,
            arrivedAt: evidence.arrivedAt,
            possession: evidence.possession
        )
        result.cacheState = evidence.pulse
        if evidence.requestTime != evidence.arrivedAt { result.receivedAt = evidence.requestTime }
        result.directoryKeyID = evidence.statementSigned ? evidence.statement.header?.keyID : nil
        result.requestKeyID = evidence.requestVerified ? evidence.request.header?.keyID : nil
        result.certificateSHA256 = evidence.certificate?.certificate.fingerprint.hex
        result.environment = evidence.statementVerified ? evidence.environment : nil
        if evidence.statementVerified {
            result.softwareID = evidence.statedText(.softwareID)
            result.organisationID = evidence.statedText(.organisationID)
        }
        result.keysFetchedAt = (evidence.softwareKeys ?? evidence.directoryKeys)?.fetchedAt
        if evidence.softwareKeys != nil { result.directoryKeysFetchedAt = evidence.directoryKeys?.fetchedAt }
        result.overrides = verdict.findings.map(\.rule).filter { evidence.policy.overrides[$0] != nil }
        return result
    }

    private func migration(_ verdict: Verdict) -> MigrationRecord {
        MigrationRecord(
            existing: evidence.existing,
            // What may be guessed from a hash has no place beside a sealed response.
            keepsSecret: evidence.method?.hasSecret == true && recipient == nil,
            relaxations: verdict.relaxations,
            keys: evidence.keyEvidence(relaxed: verdict.relaxations.map(\.rule))
        )
    }

    /// The answer to a request that nothing was issued for.
    static func refusal(_ verdict: Verdict, _ policy: Policy) -> ResultAnswer {
        guard verdict.outcome == .rejected || verdict.outcome == .malformed, let primary = verdict.primary else {
            return .pending
        }
        let description = "\(primary.rule.name): \(primary.message)"
        switch primary.status {
        case 401 where primary.rule < .clientKnown: return .unauthenticated(description: description)
        case 401: return .unauthorised
        case 403: return .forbidden
        case 405: return .notOffered(methods: methods(policy, besides: primary.value))
        case 500: return .failed
        default: return .refused(primary.code ?? .invalidClientMetadata, description: description)
        }
    }

    /// The methods offered where an operation is not: POST has a place of its own, the others share one.
    private static func methods(_ policy: Policy, besides operation: String?) -> String {
        guard operation != Operation.register.rawValue else { return "" }
        let shared: [(Operation, String)] = [(.read, "GET"), (.update, "PUT"), (.delete, "DELETE")]
        return shared.filter { policy.operations.contains($0.0) }.map(\.1).joined(separator: ", ")
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
