package import Crypto
package import Encoding
import OpenBanking

/// The throw-away certificate authorities of a simulated directory, named as the real ones.
package struct SimulatedAuthority: Sendable {
    /// The root in DER.
    package let root: [UInt8]
    /// The issuing authority in DER.
    package let issuing: [UInt8]
    /// An authority of the issuing one's name and another key, which nobody trusts, in DER.
    package let rogue: [UInt8]
    /// The key store's own TLS.
    package let tls: TLSIdentity
    let names: AuthorityNames
    private let rootKey: PrivateKey
    private let issuingKey: PrivateKey
    private let rogueKey: PrivateKey
    private let baseURL: String

    /// The root and the issuing authority as PEM, one after the other: what a folder of anchors holds.
    package var anchorsPEM: String {
        PEM.encode(root, label: "CERTIFICATE") + PEM.encode(issuing, label: "CERTIFICATE")
    }

    /// Makes the authorities; `keys` are those of root, issuing and rogue authority.
    init(_ plan: DirectoryPlan, keys: [PrivateKey]) throws(SimulatorError) {
        precondition(keys.count == 3, "three authorities, three keys")
        (rootKey, issuingKey, rogueKey) = (keys[0], keys[1], keys[2])
        names = AuthorityNames(plan.environment)
        baseURL = plan.baseURL
        tls = try TLSIdentity(now: plan.now)
        let year: UnixTime = 365 * 86_400
        let begin = plan.now - 5 * year
        let names = names
        var root = CertificateTemplate.authority(
            names.root,
            rootKey.publicKey,
            notBefore: begin,
            notAfter: plan.now + 10 * year,
            pathLength: 1
        )
        root.serial = [0x10, 0x01]
        func intermediate(_ key: PrivateKey) -> CertificateTemplate {
            var template = CertificateTemplate.authority(
                names.issuing,
                key.publicKey,
                notBefore: begin,
                notAfter: plan.now + 5 * year,
                pathLength: 0
            )
            template.issuer = names.root
            template.serial = [0x10, 0x02]
            template.crlDistributionPoints = [plan.baseURL + AuthorityPath.rootList]
            return template
        }
        self.root = try Self.issue(root, by: rootKey)
        issuing = try Self.issue(intermediate(issuingKey), by: rootKey)
        rogue = try Self.issue(intermediate(rogueKey), by: rogueKey)
    }

    /// Issues a certificate of the key store in DER; `rogue` lets the authority nobody trusts sign it.
    func issue(_ order: LeafOrder, rogue: Bool = false) throws(SimulatorError) -> [UInt8] {
        try Self.issue(order.template(names, baseURL: baseURL), by: rogue ? rogueKey : issuingKey)
    }

    /// Issues any certificate a test needs, signed by the issuing authority or the rogue one, in DER.
    package func issue(_ template: CertificateTemplate, rogue: Bool = false) throws(SimulatorError) -> [UInt8] {
        var template = template
        if template.issuer == nil { template.issuer = names.issuing }
        return try Self.issue(template, by: rogue ? rogueKey : issuingKey)
    }

    /// The issuing authority's revocation list in DER: made an hour before `now`, good for three days.
    package func issuingList(
        number: UInt64,
        at now: UnixTime,
        revoked: [CRLTemplate.Entry]
    ) throws(SimulatorError) -> [UInt8] {
        try Self.list(names.issuing, number, now, revoked, by: issuingKey)
    }

    /// The root's revocation list in DER.
    package func rootList(
        number: UInt64,
        at now: UnixTime,
        revoked: [CRLTemplate.Entry] = []
    ) throws(SimulatorError) -> [UInt8] {
        try Self.list(names.root, number, now, revoked, by: rootKey)
    }

    private static func issue(_ template: CertificateTemplate, by key: PrivateKey) throws(SimulatorError) -> [UInt8] {
        try SimulatorError.template { () throws(TemplateFault) in try template.issue(by: key) }
    }

    private static func list(
        _ issuer: NameTemplate,
        _ number: UInt64,
        _ now: UnixTime,
        _ revoked: [CRLTemplate.Entry],
        by key: PrivateKey
    ) throws(SimulatorError) -> [UInt8] {
        var template = CRLTemplate(
            issuer: issuer,
            number: number,
            thisUpdate: now - 3600,
            nextUpdate: now + 3 * 86_400
        )
        template.entries = revoked
        return try SimulatorError.template { () throws(TemplateFault) in try template.issue(by: key) }
    }
}
