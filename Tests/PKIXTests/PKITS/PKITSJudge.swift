import Crypto

@testable import PKIX

/// Judges a run of PKITS with the product's own parts: anchors that vet a certificate, lists that are verified and
/// looked up, under settings that let in what the suite is about and the product never takes.
struct PKITSJudge {
    /// Deltas, and lists by another key of the issuer.
    static let lenient = RevocationSettings(takesDeltas: true, takesOtherKeys: true)

    /// Whose settings a run is judged under.
    enum Settings {
        /// Those under which the suite's subjects exist: policies, authorities in the leaf's place, paths of seven,
        /// deltas, lists by another key of the issuer.
        case suite
        case product
    }

    /// What the product asks of a TLS client's certificate and the suite's certificates, made for mail, do without.
    static let aboutClients: Set<String> = [
        "extended_key_usage_missing", "key_usage_missing", "digital_signature_missing", "not_leaf",
        "authority_key_usage", "self_issued",
    ]

    private let root: Certificate
    private let others: [Certificate]
    private let leaf: [UInt8]
    private let lists: [RevocationList]
    private let revocation: RevocationSettings
    /// Anchors under the run's policies, for its leaf, and under none, for the signers of lists.
    private let anchors: TrustAnchors
    private let signerAnchors: TrustAnchors

    init(_ run: PKITSCase, _ settings: Settings = .suite) throws {
        let revocation = settings == .suite ? Self.lenient : .standard
        let ders = try run.certs.map { try Vectors.bytes("pkits/certs/\($0).crt") }
        root = try Certificate.decode(ders[0])
        others = ders.dropFirst().dropLast().compactMap { try? Certificate.decode($0) }
        leaf = ders[ders.count - 1]
        lists = run.crls.compactMap { name in
            try? RevocationList.decode(try Vectors.bytes("pkits/crls/\(name).crl"), settings: revocation)
        }
        self.revocation = revocation
        var chain = ChainSettings()
        if settings == .suite {
            chain.depthLimit = 7
            chain.policies = run.policies
            chain.admitsAuthorities = true
        }
        anchors = try TrustAnchors.load([ders[0]], settings: chain)
        // Who signs lists is an authority, and no policy is asked of it.
        if settings == .suite { chain.policies = CertificatePolicyInputs() }
        chain.admitsAuthorities = true
        signerAnchors = try TrustAnchors.load([ders[0]], settings: chain)
    }

    /// Why the leaf is refused, nil when it is accepted.
    func refusal() -> String? {
        do {
            let vetted = try anchors.vet(leaf, extra: others.map(\.der))
            let path = try path(of: vetted)
            let faults = vetted.faults.map(\.code).filter { !Self.aboutClients.contains($0) }
            guard faults.isEmpty else { return faults.joined(separator: " ") }
            let state = verifiedLists().state(ofAll: path, at: PKITSCase.now)
            guard case .good = state else { return "\(state)" }
            return nil
        } catch { return "\(error)" }
    }

    private struct OutsideValidity: Error {}

    /// The certificates from the leaf to the one below the anchor, all valid now.
    private func path(of vetted: TransportCertificate) throws -> [Certificate] {
        let chain = try vetted.chain.get()
        guard chain.isValid(at: PKITSCase.now), vetted.certificate.isValid(at: PKITSCase.now) else {
            throw OutsideValidity()
        }
        let above = chain.issuers.compactMap { issuer in others.first { $0.fingerprint == issuer } }
        return [vetted.certificate] + above
    }

    /// The lists whose signer has a path to the anchor and is not revoked by lists of which the same holds.
    private func verifiedLists() -> RevocationLists {
        var signers = [root]
        var verified = RevocationLists([], settings: revocation)
        while true {
            let signed = lists.filter { list in signers.contains { (try? list.verify(signedBy: $0)) != nil } }
            verified = RevocationLists(signed, settings: revocation)
            let more = others.filter { candidate in
                guard !signers.contains(candidate) else { return false }
                guard let path = try? path(of: signerAnchors.vet(candidate, extra: others.map(\.der))) else {
                    return false
                }
                if case .good = verified.state(ofAll: path, at: PKITSCase.now) { return true }
                return false
            }
            guard !more.isEmpty else { return verified }
            signers += more
        }
    }
}
