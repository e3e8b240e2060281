import Crypto
import Encoding
import OpenBanking

/// Does one fault to a good draft.
struct FaultWork {
    let fault: ForgedFault
    let software: SimulatedSoftware
    let everyone: [SimulatedSoftware]
    let forge: RequestForge

    func spoil(_ draft: inout RequestDraft) throws(SimulatorError) {
        spoilSignature(&draft)
        spoilClaims(&draft)
        spoilStatement(&draft)
        try spoilCertificate(&draft)
    }

    func spoil(_ draft: inout ManualDraft) {
        switch fault {
        case .notAssociated: draft.identity.claims["tpp_associated"] = false
        case .foreignPortalRedirect:
            draft.redirectURIs = software.redirectURIs + ["https://elsewhere.example/callback"]
        default: break
        }
    }

    private func spoilSignature(_ draft: inout RequestDraft) {
        switch fault {
        case .requestSignature: draft.token.damage = .flippedSignature
        case .truncated: draft.token.damage = .cutSignature
        case .transportKey: draft.token.sign(with: software.transport.key)
        case .revokedKey: draft.token.sign(with: software.revokedSigning.key)
        case .unpublishedSoftwareKey: draft.token.sign(with: software.next.key)
        case .algorithmRS256: draft.token.sign(with: software.signing.key, .RS256)
        case .algorithmNone: draft.header["alg"] = "none"
        case .algorithmHS256:
            draft.header["alg"] = "HS256"
            let spki = software.signing.key.privateKey.publicKey.spki
            draft.token.seal = .secret(Array(PEM.encode(spki, label: "PUBLIC KEY").utf8))
        case .critical:
            draft.header.append("http://openbanking.org.uk/iat", .number(forge.now))
            draft.header.append("crit", ["http://openbanking.org.uk/iat"])
        default: break
        }
    }

    private func spoilClaims(_ draft: inout RequestDraft) {
        switch fault {
        case .excessiveScope: draft.claims["scope"] = "openid accounts payments fundsconfirmations"
        case .foreignRedirect:
            draft.claims["redirect_uris"] = .texts(software.redirectURIs + ["https://elsewhere.example/callback"])
        case .localRedirect:
            let redirects = software.redirectURIs + ["https://localhost/callback"]
            draft.claims["redirect_uris"] = .texts(redirects)
            draft.statement.claims["software_redirect_uris"] = .texts(redirects)
        case .expiredRequest:
            draft.claims["iat"] = .number(forge.now - 5490)
            draft.claims["exp"] = .number(forge.now - 3690)
        case .foreignAudience: draft.claims["aud"] = "0015800001041ZZZZZ"
        case .foreignIssuer:
            let other = everyone.first { $0.id != software.id }
            draft.claims["iss"] = other.map { .text($0.id) }
        case .duplicateClaim: draft.claims.append("software_id", .text(software.id))
        default: break
        }
    }

    private func spoilStatement(_ draft: inout RequestDraft) {
        switch fault {
        case .statementSignature: draft.statement.damage = .flippedSignature
        case .unknownDirectoryKey: draft.statement.sign(with: forge.directory.nextKey)
        case .oldStatement: draft.statement.claims["iat"] = .number(forge.now - 30 * 86_400)
        case .revokedOrganisation: draft.statement.claims["org_status"] = "Revoked"
        case .foreignEnvironment:
            let isSandbox = forge.directory.plan.environment == .sandbox
            draft.statement.claims["software_environment"] = isSandbox ? "production" : "sandbox"
        default: break
        }
    }

    private func spoilCertificate(_ draft: inout RequestDraft) throws(SimulatorError) {
        switch fault {
        case .foreignCertificate:
            let other = everyone.first { $0.organisation.index != software.organisation.index }
            draft.certificate = other?.transport.certificatePEM
        case .foreignSoftwareName:
            draft.certificate = software.legacySibling(among: everyone)?.transport.certificatePEM
        case .expiredCertificate: draft.certificate = software.expiredTransport.certificatePEM
        case .revokedCertificate: draft.certificate = software.revokedTransport.certificatePEM
        case .sealForTransport: draft.certificate = software.signing.certificatePEM
        case .rogueAuthority: draft.certificate = try rogueCertificate()
        default: break
        }
    }

    private func rogueCertificate() throws(SimulatorError) -> String {
        let order = LeafOrder(
            subject: software.subject,
            key: software.transport.key.privateKey.publicKey,
            use: .tls,
            serial: [0x22] + RandomSource.serial(of: software),
            notBefore: forge.now - 30 * 86_400,
            notAfter: forge.now + 365 * 86_400,
            holder: software.profile == .obwac ? software.organisation : nil
        )
        return PEM.encode(try forge.directory.authority.issue(order, rogue: true), label: "CERTIFICATE")
    }
}

extension RandomSource {
    fileprivate static func serial(of software: SimulatedSoftware) -> [UInt8] {
        var random = RandomSource(seed: UInt64(software.index), stream: 7)
        return random.bytes(14)
    }
}
