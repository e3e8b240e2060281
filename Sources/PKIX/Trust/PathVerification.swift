import Crypto

/// Traces certificates to one group of anchors: OpenSSL builds the path, and what it is lenient about in the
/// issuers is checked after.
struct PathVerification: Sendable {
    /// OpenSSL's number for a certificate that may not be used for the purpose asked.
    private static let purposeError = 26

    private let verifier: ChainVerifier
    private let settings: ChainSettings

    /// Prepares the anchors and issuing authorities of `authorities`.
    init(_ authorities: [Certificate], settings: ChainSettings) throws(TrustFault) {
        self.settings = settings
        do throws(ChainFault) {
            verifier = try ChainVerifier(
                anchors: authorities.filter(settings.trusts).map(\.der),
                intermediates: authorities.filter { !settings.trusts($0) }.map(\.der),
                settings: settings
            )
        } catch { throw .library(ChainRefusal(error).text) }
    }

    /// The path of `certificate`, with `extra` issuing certificates at hand.
    ///
    /// A leaf that is not for TLS clients is traced without that purpose when its own faults say so already, so
    /// that a signing certificate is reported as one and not as one without a path.
    func verify(
        _ certificate: Certificate,
        extra: [[UInt8]],
        faults: [TransportFault]
    ) -> Result<ChainInfo, ChainRefusal> {
        var found = verifier.verify(leaf: certificate.der, extra: extra, purpose: .client)
        if case .failure(.path(PathVerification.purposeError, _, 0)) = found, faults.contains(where: \.isAboutPurpose) {
            found = verifier.verify(leaf: certificate.der, extra: extra, purpose: .any)
        }
        switch found {
        case .success(let chain): return inspect(chain, of: certificate)
        case .failure(let fault): return .failure(ChainRefusal(fault))
        }
    }

    private func inspect(
        _ chain: ChainVerifier.Chain,
        of leaf: Certificate
    ) -> Result<ChainInfo, ChainRefusal> {
        var issuers: [SHA256Digest] = []
        var intermediates = 0
        for (depth, der) in chain.certificates.enumerated().dropFirst() {
            do throws(CertificateFault) {
                let issuer = try Certificate.decode(der)
                if let reason = weakness(of: issuer, isAnchor: depth == chain.certificates.count - 1) {
                    return .failure(.weakIssuer(reason, depth: depth))
                }
                // A wildcard may stand for an excluded name, though it is none (CVE-2025-61727).
                if issuer.fields.extensions.excludesNames, leaf.fields.extensions.hasWildcard {
                    return .failure(
                        .weakIssuer("an issuing certificate excludes names the wildcard may mean", depth: depth)
                    )
                }
                issuers.append(issuer.fingerprint)
                if depth < chain.certificates.count - 1, !issuer.isSelfIssued { intermediates += 1 }
            } catch {
                return .failure(.weakIssuer("an issuing certificate is not strict DER (\(error.code))", depth: depth))
            }
        }
        if let limit = settings.intermediateLimit, intermediates > limit {
            return .failure(.weakIssuer("more issuing certificates than asked for", depth: 0))
        }
        return .success(ChainInfo(issuers: issuers, notBefore: chain.notBefore, notAfter: chain.notAfter))
    }

    private func weakness(of issuer: Certificate, isAnchor: Bool) -> String? {
        if !issuer.isAuthority { return "an issuing certificate is no authority" }
        if issuer.version != 3 { return "an issuing certificate is not of version 3" }
        if !issuer.publicKeyKind.isStrong { return "an issuing certificate has a weak key" }
        if issuer.criticalUnknown.contains(where: { !isProcessed($0) }) {
            return "an issuing certificate has an unknown critical extension"
        }
        if let usage = issuer.keyUsage, !usage.contains(.keyCertSign) {
            return "an issuing certificate may not sign certificates"
        }
        if !isAnchor, !SignatureStrength.isStrong(issuer.algorithmIdentifier) {
            return "an issuing certificate has a weak signature"
        }
        if issuer.defects.contains(.algorithmMismatch) {
            return "an issuing certificate states two signature algorithms"
        }
        for case .malformedExtension(let oid) in issuer.defects where !isProcessed(oid) {
            return "an issuing certificate has a malformed extension (\(oid))"
        }
        return nil
    }

    /// Whether the extension `oid` was acted on by policy processing.
    private func isProcessed(_ oid: String) -> Bool {
        settings.policies != nil && [OID.policyConstraints, OID.policyMappings, OID.inhibitAnyPolicy].contains(oid)
    }
}

extension ChainSettings {
    /// Whether the configured `authority` is an anchor: self-signed or, where these settings say so, any.
    func trusts(_ authority: Certificate) -> Bool {
        authority.isAnchor || trustsIssuedAnchors && !authority.isSelfIssued
    }
}
