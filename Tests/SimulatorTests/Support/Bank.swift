import Encoding
import PKIX
import Rules
import Simulator

/// A bank that takes what `ForgedExpectation` assumes, and judges items by the real rules.
struct Bank {
    private let examiner: Examiner
    private let forge: RequestForge

    init(_ forge: RequestForge) {
        self.forge = forge
        let directory = forge.directory
        var policy = Policy()
        policy.environment = directory.plan.environment
        policy.directoryURL = directory.directoryURL
        policy.keystoreHosts = [directory.host]
        policy.audiences = [forge.audience]
        policy.certificateProfiles = [.obwac, .legacyTransport]
        policy.identityProvider = IdentityProvider(
            issuer: directory.identityIssuer,
            clientID: forge.portalClient,
            keysURL: directory.identityKeysURL
        )
        examiner = Examiner(policy: policy, book: RuleBook(policy), indexes: ClaimIndexes())
    }

    func judge(_ item: ForgedItem, _ keys: PublishedKeys) -> Verdict {
        let delivery = Delivery(.record(ByteSlice(item.line)), arrivedAt: forge.now)
        return examiner.examine(delivery, now: forge.now, trust: keys.view)
    }

    func judgeBare(_ item: ForgedItem, _ keys: PublishedKeys) -> Verdict? {
        guard let request = item.request else { return nil }
        let content = Delivery.Content.bare(
            request: ByteSlice(request),
            certificate: item.certificate.map { ByteSlice($0) }
        )
        return examiner.examine(Delivery(content, arrivedAt: forge.now), now: forge.now, trust: keys.view)
    }
}
