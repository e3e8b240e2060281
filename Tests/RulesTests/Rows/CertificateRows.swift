import Crypto
import Encoding
import OpenBanking
import PKIX

@testable import Rules
@testable import Simulator

/// The transport certificate by itself.
let certificateRows: [Row] = [
    Row(good: "a certificate of its own making") { try $0.present() },
    Row(.certificateReadable, "none") { $0.request.certificate = nil },
    Row(.certificateReadable, "none beside a bare request", as: .bare) { $0.request.certificate = nil },
    Row(.certificateReadable, "prose") { $0.request.certificate = "a certificate" },
    Row(.certificateReadable, "an empty string") { $0.request.certificate = "" },
    Row(.certificateReadable, "a key instead") {
        $0.request.certificate = PEM.encode($0.software.transport.key.privateKey.publicKey.spki, label: "PUBLIC KEY")
    },
    Row(.certificateReadable, "PEM around something else") { $0.show([0x30, 0x03, 0x02, 0x01, 0x01]) },
    Row(.certificateReadable, "PEM cut short") {
        $0.request.certificate = $0.request.certificate.map { String($0.dropLast(40)) }
    },
    Row(.certificateReadable, "six certificates at once") {
        $0.request.certificate = $0.request.certificate.map { String(repeating: $0, count: 6) }
    },
    Row(good: "five certificates at once") {
        $0.request.certificate = $0.request.certificate.map { String(repeating: $0, count: 5) }
    },
    Row(good: "URL-encoded, as gateways pass it on") {
        $0.request.certificate = $0.request.certificate.map { text in
            text.reduce(into: "") { $0 += $1 == "\n" ? "%0A" : $1 == " " ? "%20" : $1 == "+" ? "%2B" : String($1) }
        }
    },
    Row(good: "base64 DER without PEM") {
        $0.request.certificate = Base64.encode($0.software.transport.certificate)
    },
    Row(good: "with its issuer behind it") {
        let issuing = PEM.encode(try Stage.directory.authority.issuing, label: "CERTIFICATE")
        $0.request.certificate = $0.request.certificate.map { $0 + issuing }
    },
    Row(.certificateWindow, "expired a second ago") { r in
        try r.present { $0.notAfter = Stage.now - 1 }
    },
    Row(good: "expires now") { r in try r.present { $0.notAfter = Stage.now } },
    Row(.certificateWindow, "valid in a second") { r in try r.present { $0.notBefore = Stage.now + 1 } },
    Row(good: "valid from now") { r in try r.present { $0.notBefore = Stage.now } },
    Row(.certificateWindow, "the expired one of the software") {
        $0.show($0.software.expiredTransport.certificate)
    },
    Row(.certificateChain, "an authority with the right name and another key") { try $0.present(rogue: true) },
    Row(.certificateChain, "another authority's, not listed", and: [.membership]) {
        try $0.present(rogue: true, listed: false)
    },
    Row(.certificateChain, "a path of SHA-1", and: [.certificateStrength]) { r in
        try r.present { $0.signature = SignatureTemplate(.sha1) }
    },
    Row(.certificateIsLeaf, "an authority", and: [.certificateChain]) { r in
        try r.present { $0.constraints = .init(isAuthority: true) }
    },
    Row(.certificateIsLeaf, "version 1", and: [.certificateChain, .certificatePurpose, .certificateProfile]) { r in
        try r.present { $0.version = 1 }
    },
    Row(.certificateIsLeaf, "an unknown critical extension", and: [.certificateChain]) { r in
        try r.present { $0.extra = [ExtensionTemplate("1.2.3.4", critical: true, [0x05, 0x00])] }
    },
    Row(good: "an unknown extension that is not critical") { r in
        try r.present { $0.extra = [ExtensionTemplate("1.2.3.4", [0x05, 0x00])] }
    },
    Row(.certificateIsLeaf, "a serial number of zero", and: [.certificateRevocationList]) { r in
        try r.present { $0.serial = [0] }
    },
    Row(.certificateStrength, "RSA of 1024 bits, which no key set can list", and: [.certificateChain, .membership]) {
        r in
        try r.present(key: try PrivateKey.generateRSA(bits: 1024))
    },
    Row(.certificatePurpose, "no client authentication") { r in
        try r.present { $0.extendedKeyUsage = ["1.3.6.1.5.5.7.3.1"] }
    },
    Row(.certificatePurpose, "no digital signature") { r in
        try r.present { $0.keyUsage = .keyAgreement }
    },
    Row(.certificatePurpose, "no extended key usage") { r in try r.present { $0.extendedKeyUsage = nil } },
    Row(.certificatePurpose, "no key usage") { r in try r.present { $0.keyUsage = nil } },
    Row(.certificatePurpose, "any purpose besides") { r in
        try r.present { $0.extendedKeyUsage = ["1.3.6.1.5.5.7.3.2", "2.5.29.37.0"] }
    },
    Row(.certificateProfile, "the signing certificate", and: [.certificatePurpose, .membership]) {
        $0.show($0.software.signing.certificate)
    },
    Row(.certificateProfile, "an electronic seal by its QcType") { r in
        try r.present { $0.qcStatements?.kinds = [.seal] }
    },
    Row(.certificateProfile, "neither PSD2 statement nor OU") { r in try r.present { $0.qcStatements = nil } },
    Row(.profileAllowed, "legacy, where the bank takes OBWAC only (A-14)", of: Stage.legacy) {
        $0.policy.certificateProfiles = [.obwac]
    },
    Row(.profileAllowed, "OBWAC, where the bank takes QWAC only") { $0.policy.certificateProfiles = [.qwac] },
    Row(.profileAllowed, "a QWAC where the bank takes OBWAC only") {
        try $0.presentQualified()
        $0.policy.certificateProfiles = [.obwac]
    },
    Row(good: "a QWAC where the bank takes it (A-20: neither CN nor OU is bound)") { try $0.presentQualified() },
    Row(.trustedList, "a QWAC without QcCompliance") { r in
        try r.presentQualified { $0.qcStatements?.isQualified = false }
    },
    Row(.trustedList, "a QWAC whose issuer no trusted list grants, though its path is good") {
        try $0.presentQualified(granted: false)
    },
    Row(.certificateChain, "a QWAC of a provider nobody trusts") {
        try $0.presentQualified()
        $0.world.anchors = try Stage.world.anchors
    },
    Row(.issuingAuthority, "the issuing authority has expired, the certificate has not") {
        let year = 365 * Stage.day
        $0.now = Stage.now + 6 * year
        try $0.present()
        for url in $0.world.sets.keys { $0.world.remake(url, usableUntil: .max) }
        let authority = try Stage.directory.authority
        try $0.lists([
            try authority.issuingList(number: 9000, at: $0.now, revoked: []),
            try authority.rootList(number: 9000, at: $0.now),
        ])
    },
    Row(.issuingAuthority, "the issuing authority is on the root's list") {
        let authority = try Stage.directory.authority
        let revoked = CRLTemplate.Entry(serial: [0x10, 0x02], at: Stage.now - 60, reason: 2)
        try $0.lists([
            try authority.issuingList(number: 9000, at: Stage.now, revoked: []),
            try authority.rootList(number: 9000, at: Stage.now, revoked: [revoked]),
        ])
    },
]

extension Registration {
    /// Presents a QWAC of a qualified trust service provider the bank trusts, listed in the software's key set.
    ///
    /// Where its issuer is not `granted`, it is an authority below the granted one that came along with the certificate.
    mutating func presentQualified(granted: Bool = true, _ change: (inout CertificateTemplate) -> Void = { _ in })
        throws
    {
        let key = try PrivateKey.generateEC(.p256)
        let name = NameTemplate([.country("IE"), .organization("Qualified Trust"), .commonName("Qualified Web CA")])
        let below = NameTemplate([.country("IE"), .organization("Qualified Trust"), .commonName("Another CA")])
        let belowKey = try PrivateKey.generateEC(.p256)
        let root = CertificateTemplate.authority(
            name,
            key.publicKey,
            notBefore: now - Stage.day,
            notAfter: now + 300 * Stage.day
        )
        let authority = try Stage.directory.authority
        let anchor = try root.issue(by: key)
        world.anchors = try TrustAnchors.load([authority.root, authority.issuing], qualified: [anchor])
        policy.certificateProfiles = [.obwac, .qwac]
        var list = CRLTemplate(issuer: name, number: 1, thisUpdate: now - 60, nextUpdate: now + 3600)
        list.entries = []
        try lists([
            try list.issue(by: key), try authority.issuingList(number: 9000, at: now, revoked: []),
        ])
        if !granted { policy.certificateRevocation = .ifPresent }
        let identifier = software.organisation.organisationIdentifier
        try present(issuedBy: granted ? key : belowKey) {
            $0.issuer = granted ? name : below
            $0.subject = NameTemplate([
                .country("GB"), .organization("Somebody Limited"),
                .organizationIdentifier(identifier), .commonName("tpp.example"),
            ])
            $0.qcStatements?.isQualified = true
            change(&$0)
        }
        guard !granted else { return }
        var intermediate = CertificateTemplate.authority(
            below,
            belowKey.publicKey,
            notBefore: now - Stage.day,
            notAfter: now + 300 * Stage.day
        )
        intermediate.issuer = name
        intermediate.serial = [0x44]
        request.certificate? += PEM.encode(try intermediate.issue(by: key), label: "CERTIFICATE")
    }
}
