import Crypto
package import Encoding
import JOSE
import OpenBanking
import PKIX

/// One worker's reading of requests: gathers the evidence and lets the rules judge it.
///
/// Pure but for its own scratch memory: no file, no clock, no lock, no log. Unverified claims choose which keys to try and
/// nothing else (rule R-085): what the statement says is used only once the directory's signature over it verified.
package final class Examiner {
    /// The evidence of the last request; valid until the next call.
    package let evidence: Evidence
    private let book: RuleBook
    private let verifier = SignatureVerifier()
    private let certificates = CertificateReader()
    private let template = TemplateFiller()
    private let trial: KeyTrial
    private var foreseer: Foreseer

    package init(policy: Policy, book: RuleBook, indexes: ClaimIndexes) {
        evidence = Evidence(policy: policy, indexes: indexes)
        trial = KeyTrial(evidence, verifier)
        foreseer = Foreseer(evidence)
        self.book = book
    }

    /// Judges one request as of `now` against the keys of `trust`.
    package func examine(
        _ delivery: Delivery,
        now: UnixTime,
        trust: TrustView,
        listsUnreached: Bool = false
    ) -> Verdict {
        reset(now: now, arrivedAt: delivery.arrivedAt, trust)
        evidence.mode = delivery.mode
        RecordReader(evidence: evidence).read(delivery.content)
        judgeByReceipt()
        if evidence.has(.record) {
            readStatement()
            evidence.settleEvidenceTime()
            look(trust, delivery.content)
        } else {
            evidence.digest = digest(of: delivery.content)
        }
        return book.judge(evidence, listsUnreached: listsUnreached).held(to: evidence)
    }

    /// Looks up what the request names, and verifies with it.
    ///
    /// Hashing waits for nothing, and a signature takes longer than memory does: between them goes, step by step, what
    /// brings near the keys and certificates that are asked for afterwards.
    private func look(_ trust: TrustView, _ content: Delivery.Content) {
        foreseer.begin(trust.ahead)
        let fingerprint = evidence.certificateText.flatMap { certificates.decode($0, by: verifier) }
        foreseer.entries(trust.ahead, certificate: fingerprint)
        evidence.digest = digest(of: content)
        foreseer.tables(trust.ahead, certificate: fingerprint)
        if let algorithm = evidence.statement.algorithm(of: evidence.policy.statementAlgorithms) {
            _ = evidence.statement.digest(algorithm, by: verifier)
        }
        foreseer.names(trust.ahead, certificate: fingerprint)
        verifyStatement(trust)
        foreseer.content(trust.ahead)
        findCertificate(trust)
        if evidence.channel == .mcr {
            fillTemplate(trust)
            readMetadata()
        } else {
            readMetadata()
            verifyRequest(trust)
        }
    }

    private func reset(now: UnixTime, arrivedAt: UnixTime, _ trust: TrustView) {
        evidence.now = now
        (evidence.arrivedAt, evidence.requestTime) = (arrivedAt, arrivedAt)
        (evidence.generation, evidence.pulse) = (trust.generation, trust.pulse)
        evidence.forgetRequest()
    }

    /// Where the bank wants it and the gateway attests the record, a request's times are judged by when the gateway got it
    /// which is never later than when we did.
    private func judgeByReceipt() {
        guard evidence.policy.timeBasis == .received, evidence.possession == .attested,
            let received = evidence.receivedAt, received < evidence.arrivedAt
        else { return }
        evidence.requestTime = received
    }

    /// The request's own bytes name it; a record without a request is named by its whole text.
    ///
    /// A request is hashed for its signature in the same go: what is signed is most of it.
    private func digest(of content: Delivery.Content) -> SHA256Digest {
        if evidence.has(.dynamic), let request = evidence.requestText {
            let algorithm = evidence.request.algorithm(of: evidence.policy.requestAlgorithms)
            return algorithm.flatMap { evidence.request.digestOfWhole($0, by: verifier) } ?? verifier.sha256(request)
        }
        switch content {
        case .record(let text): return verifier.sha256(text)
        case .bare(let text, _): return verifier.sha256(text)
        case .unreadable(let why): return SHA256Digest.of(why)
        }
    }

    private func readStatement() {
        if evidence.has(.dynamic), let text = evidence.requestText {
            evidence.request.read(text)
            if evidence.request.jws != nil { evidence.reached.insert(.requestFramed) }
            if evidence.request.header != nil { evidence.reached.insert(.requestHeader) }
            if evidence.request.hasClaims {
                evidence.reached.insert(.metadata)
                evidence.statementText = evidence.text(.softwareStatement)
            }
        }
        guard let text = evidence.statementText, !text.isEmpty else { return }
        evidence.statement.read(text)
        if evidence.statement.jws != nil { evidence.reached.insert(.statementFramed) }
        if evidence.statement.header != nil { evidence.reached.insert(.statementHeader) }
        if evidence.statement.hasClaims { evidence.reached.insert(.statementRead) }
    }

    private func verifyStatement(_ trust: TrustView) {
        let keys = trust.keySet(evidence.directoryLocation)
        evidence.directoryKeys = keys
        guard let keys, keys.state(at: evidence.now) != .unusable else { return }
        evidence.reached.insert(.directoryKeys)
        let signed = evidence.statement
        guard evidence.has([.statementHeader, .statementRead]), let keyID = signed.header?.keyID else { return }
        let signedAt = evidence.stated(.issuedAt)?.integral ?? evidence.now
        var found = trial.attempt(signed, keys.candidates(kid: keyID), evidence.policy.statementAlgorithms)
        if !(found.verified && found.standing.admits(signedAt: signedAt, now: evidence.now)),
            let past = trial.attemptPast(signed, evidence.directoryLocation, keyID, trust, signedAt: signedAt)
        {
            evidence.directoryPast = past
            found = KeyTrial.Attempt(key: past.key, checked: true, verified: true)
        }
        guard let key = found.key else { return }
        evidence.directoryKey = key
        evidence.directoryStanding = found.standing
        evidence.reached.insert(.directoryKey)
        evidence.statementSigned = found.verified
        guard found.verified,
            evidence.directoryPast?.isAdmitted ?? found.standing.admits(signedAt: signedAt, now: evidence.now)
        else { return }
        evidence.statementVerified = true
        evidence.reached.insert(.statementTrusted)
        evidence.environment = evidence.statedText(.environment).flatMap { DirectoryEnvironment($0) }
        evidence.roles = evidence.claimedRoles()
        evidence.keyURLFault = KeyURLs.fault(evidence)
    }

    private func verifyRequest(_ trust: TrustView) {
        findSoftwareKeys(trust)
        let signed = evidence.request
        guard let keys = evidence.softwareKeys, keys.state(at: evidence.now) != .unusable else { return }
        evidence.reached.insert(.softwareKeys)
        guard evidence.has([.requestHeader, .metadata]), let keyID = signed.header?.keyID else { return }
        let candidates = keys.candidates(kid: keyID)
        if let certificate = candidates.first?.certificateFingerprint { trust.ahead?.foresee(certificate: certificate) }
        var found = trial.attempt(signed, candidates, evidence.policy.requestAlgorithms)
        if found.key == nil, let others = fallback() {
            found = trial.attempt(signed, others.candidates(kid: keyID), evidence.policy.requestAlgorithms)
        }
        let signedAt = evidence.claim(.issuedAt)?.integral ?? evidence.now
        if !isGood(found, signedAt: signedAt), let url = evidence.statedText(.softwareKeys),
            let past = trial.attemptPast(signed, url, keyID, trust, signedAt: signedAt)
        {
            evidence.requestPast = past
            found = KeyTrial.Attempt(key: past.key, checked: true, verified: true)
        }
        guard let key = found.key else { return }
        evidence.requestKey = key
        evidence.requestStanding = found.standing
        evidence.keyCertificate = key.certificateFingerprint.flatMap { trust.certificate($0) }
        if evidence.requestKeyRevokedAt == nil {
            let software = evidence.statedText(.softwareID)
            evidence.requestKeyRevokedAt = trust.revokedKey(
                key.key.spkiSHA256,
                evidence.statedText(.organisationID),
                software
            )
        }
        evidence.reached.insert(.requestKey)
        guard found.checked else { return }
        evidence.reached.insert(.requestChecked)
        evidence.requestVerified = found.verified
    }

    /// The organisation's key set, where the bank lets it vouch for a software's requests (rule R-087).
    private func fallback() -> KeySet? {
        guard evidence.policy.requestKeys == .softwareOrOrganisation, let keys = evidence.organisationKeys,
            keys.state(at: evidence.now) != .unusable
        else { return nil }
        return keys
    }

    /// Only a verified statement says where the software's keys are (rule R-085), and only in the allowed shape.
    private func findSoftwareKeys(_ trust: TrustView) {
        guard evidence.has(.statementTrusted), evidence.keyURLFault == nil else { return }
        evidence.softwareKeys = evidence.statedText(.softwareKeys).flatMap { trust.keySet($0) }
        evidence.organisationKeys = evidence.statedText(.organisationKeys).flatMap { trust.keySet($0) }
        evidence.softwareRevoked = evidence.statedText(.softwareRevokedKeys).flatMap { trust.keySet($0) }
        evidence.organisationRevoked = evidence.statedText(.organisationRevokedKeys).flatMap { trust.keySet($0) }
        findRevocations(trust)
    }

    /// Revocation is for ever: the cache remembers it after the revoked sets forgot.
    private func findRevocations(_ trust: TrustView) {
        let organisation = evidence.statedText(.organisationID)
        let software = evidence.statedText(.softwareID)
        if let keyID = evidence.request.header?.keyID {
            evidence.requestKeyRevokedAt = trust.revokedKeyID(keyID, organisation, software)
        }
        guard let certificate = evidence.certificate else { return }
        findPast(of: certificate, trust)
        evidence.certificateRevokedAt = revokedAt(certificate, organisation, software, trust)
    }

    /// A delete or a read carries no statement: the certificate's own names say whose revoked sets speak.
    private func findRevocationByName(_ certificate: TransportCertificate, _ trust: TrustView) {
        let names = certificate.names
        let isLegacy = certificate.profile == .legacyTransport
        let organisation = isLegacy ? names.organisationalUnit : names.commonName
        let software = isLegacy ? names.commonName : nil
        evidence.certificateRevokedAt = revokedAt(
            certificate,
            organisation.map { ByteSlice($0) },
            software.map { ByteSlice($0) },
            trust
        )
    }

    private func revokedAt(
        _ certificate: TransportCertificate,
        _ organisation: ByteSlice?,
        _ software: ByteSlice?,
        _ trust: TrustView
    ) -> UnixTime? {
        if let at = trust.revokedCertificate(certificate.fingerprint, organisation, software) { return at }
        guard let key = certificate.traits.keyIdentity else { return nil }
        return trust.revokedKey(key, organisation, software)
    }

    /// Where the certificate was listed once; asked only for an older registration.
    private func findPast(of certificate: TransportCertificate, _ trust: TrustView) {
        guard let time = evidence.evidenceTime, let question = evidence.pastQuestion(signedAt: time) else { return }
        var urls = [evidence.statedText(.softwareKeys)]
        if evidence.policy.membership == .softwareOrOrganisation { urls.append(evidence.statedText(.organisationKeys)) }
        let found = urls.compactMap(\.self).flatMap {
            trust.pastCertificates($0, certificate.fingerprint, question).filter { $0.key.use == .tls }
        }
        evidence.certificatePast = found.first { $0.isAdmitted } ?? found.first
    }

    /// True where the present says all that is needed of the request's key, so that its past need not be asked.
    private func isGood(_ found: KeyTrial.Attempt, signedAt: UnixTime) -> Bool {
        found.verified && evidence.requestKeyRevokedAt == nil
            && found.standing.admits(signedAt: signedAt, now: evidence.now)
    }

    private func fillTemplate(_ trust: TrustView) {
        verifyIdentity(trust)
        findSoftwareKeys(trust)
        guard evidence.has(.statementTrusted) else { return }
        evidence.request.readUnsigned(template.fill(evidence))
        guard !evidence.request.hasClaims else { return evidence.reached.formUnion(.metadata) }
        // Only the portal's own redirect URIs can make the filled template unreadable.
        let why = evidence.request.claimsFault.map { "\($0)" } ?? "it is not an object"
        evidence.recordFault = Fault("redirect_uris cannot be read: \(why)")
    }

    private func verifyIdentity(_ trust: TrustView) {
        guard let provider = evidence.policy.identityProvider else { return }
        if let token = evidence.record[.idToken]?.text {
            evidence.identity.read(token)
            if evidence.identity.hasClaims { evidence.reached.insert(.identity) }
        }
        evidence.identityKeys = trust.keySet(ByteSlice(provider.keysURL))
        guard let keys = evidence.identityKeys, keys.state(at: evidence.now) != .unusable,
            let keyID = evidence.identity.header?.keyID
        else { return }
        let found = trial.attempt(evidence.identity, keys.candidates(kid: keyID), [.PS256, .ES256, .RS256])
        evidence.identityKey = found.key
        evidence.identityStanding = found.standing
        evidence.identitySigned = found.verified
        let signedAt = evidence.identity.claims[.issuedAt]?.integral ?? evidence.now
        evidence.identityVerified = found.verified && found.standing.admits(signedAt: signedAt, now: evidence.now)
        if found.checked { evidence.reached.insert(.identityChecked) }
    }

    /// What several rules ask of the metadata, read once.
    private func readMetadata() {
        evidence.method = evidence.text(.authenticationMethod).flatMap { AuthenticationMethod($0) }
        evidence.claim(.redirectURIs)?.forEachElement { element in
            if let text = element.text { evidence.redirects.append(RedirectURI.read(text)) }
        }
        guard let subject = evidence.text(.subjectDN) ?? evidence.text(.subjectDNOf31) else { return }
        evidence.subjectName = SubjectClaim.read(subject)
    }

    private func findCertificate(_ trust: TrustView) {
        guard evidence.certificateText != nil else { return }
        switch certificates.find(now: evidence.now, trust: trust, verifier: verifier) {
        case .certificate(let found):
            evidence.certificate = found
            evidence.reached.insert(.certificate)
            if found.profile == .qwac, case .success(let chain) = found.chain, let issuer = chain.issuer {
                evidence.isIssuerQualified = trust.isQualified(issuer)
            }
            if !evidence.operation.carriesStatement { findRevocationByName(found, trust) }
        case .unreadable(let why):
            evidence.certificateFault = why
        }
    }
}
