import Crypto
import Encoding
import JOSE
import OpenBanking

@testable import Rules
@testable import Simulator

/// What no policy opens: a softened rule, a long list or a key that fell from grace must not let a stranger in.
let softeningRows: [Row] = [
    Row(.certificateReadable, "no certificate, where the bank softened the rule that reads it") {
        $0.request.certificate = nil
        $0.policy.overrides[.certificateReadable] = .off
    },
    Row(.certificateReadable, "prose for a certificate, where the bank softened the rule that reads it") {
        $0.request.certificate = "prose"
        $0.policy.overrides[.certificateReadable] = .warning
    },
    Row(.subjectDN, "a subject DN that cannot be read, where the bank softened its form") {
        $0.useSubject("CN=one,,O=two")
        $0.policy.overrides[.subjectDNForm] = .warning
    },
    Row(.keyURLs, "no org_id, where the bank softened the statement's completeness") {
        $0.stated["org_id"] = nil
        $0.policy.overrides[.statementClaims] = .warning
    },
    Row(.keyURLs, "a software_id that leads out of its folder, where the bank softened its form", and: foreign) {
        $0.stated["software_id"] = "../x"
        $0.stated["software_jwks_endpoint"] = .text("https://\($0.host)/\($0.software.organisation.id)/../x.jwks")
        $0.policy.overrides[.statementSoftwareID] = .off
    },
    Row(.readableRecord, "more redirect URIs at the portal than a request may hold", .malformed, as: .manual) {
        $0.manual.redirectURIs = (0..<200).map { "https://elsewhere.example/\($0)" }
    },
    Row(.certificateNotRevoked, "a transport key on the bank's deny list") {
        $0.policy.deniedKeys = [$0.software.transport.key.privateKey.publicKey.spkiSHA256]
    },
    Row(.identityToken, "an identity provider's key on the bank's deny list", as: .manual) {
        guard let set = $0.world.sets[$0.policy.identityProvider?.keysURL ?? ""] else { return }
        $0.policy.deniedKeys = Set(set.keys.map(\.key.spkiSHA256))
    },
    Row(.membership, "listed with a key that is held", .deferred) { try $0.transportKey(stands: .held) },
    Row(.membership, "listed with a key that was revoked") {
        try $0.transportKey(stands: .revoked(at: Stage.now))
        try $0.fetchAfterArrival()
    },
    Row(.membership, "listed with a key that has expired") {
        try $0.transportKey(stands: .expired(at: Stage.now))
        try $0.fetchAfterArrival()
    },
    Row(.membership, "listed with a key whose grace is over") {
        try $0.transportKey(stands: .retired(lastSeen: Stage.now - 600, graceUntil: Stage.now - 1))
        try $0.fetchAfterArrival()
    },
    Row(good: "listed with a key in its grace") {
        try $0.transportKey(stands: .retired(lastSeen: Stage.now - 600, graceUntil: Stage.now))
    },
]

/// What breaks besides where a statement names another software.
private let foreign: Set<RuleID> = [.requestIssuer, .requestSoftwareID]

extension Registration {
    /// The host of the key store.
    fileprivate var host: Substring { policy.directoryURL.split(separator: "/")[1] }

    /// Gives the transport keys of the software and its organisation another standing.
    fileprivate mutating func transportKey(stands standing: KeyStanding) throws {
        for url in [try softwareURL, try organisationURL] {
            world.remake(url, standing: { $0.use == .tls ? standing : .active })
        }
    }
}
