import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Revoked certificates and the lists that say so.
let revocationRows: [Row] = [
    Row(.certificateNotRevoked, "the revoked one of the software", and: [.membership, .certificateRevocationList]) {
        $0.show($0.software.revokedTransport.certificate)
    },
    Row(.certificateNotRevoked, "in the software's revoked set") { try $0.revoke(at: try $0.softwareRevokedURL) },
    Row(.certificateNotRevoked, "in the organisation's revoked set") {
        try $0.revoke(at: try $0.organisationRevokedURL)
    },
    Row(.certificateNotRevoked, "another certificate of a revoked key") {
        try $0.revoke(at: try $0.softwareRevokedURL)
        try $0.present()
    },
    Row(.certificateNotRevoked, "a certificate the cache remembers as revoked") {
        $0.world.revokedCertificates = [SHA256Digest.of($0.software.transport.certificate): Stage.now - Stage.day]
    },
    Row(.certificateNotRevoked, "a certificate whose key the cache remembers as revoked") {
        $0.world.revokedKeys = [$0.software.transport.key.privateKey.publicKey.spkiSHA256: Stage.now - Stage.day]
    },
    Row(.certificateNotRevoked, "a delete with a certificate the cache remembers as revoked") {
        $0.world.revokedCertificates = [SHA256Digest.of($0.software.transport.certificate): Stage.now - Stage.day]
        $0.deliver([("operation", "delete"), ("client_id", "c-1")])
    },
    Row(.certificateNotRevoked, "a manual registration, the revoked set missing", .deferred, as: .manual) {
        $0.world.sets[try $0.softwareRevokedURL] = nil
    },
    Row(.certificateRevocationList, "on the list") { try $0.listRevoked(reason: 1) },
    Row(.certificateRevocationList, "on hold, which is revoked too") { try $0.listRevoked(reason: 6) },
    Row(.certificateRevocationList, "on a list that is out of date") {
        try $0.listRevoked(reason: 1, madeAt: Stage.now - 4 * Stage.day)
    },
    Row(.certificateRevocationList, "no list in the cache", and: [.issuingAuthority], .deferred) { try $0.lists([]) },
    Row(.issuingAuthority, "no list of the root in the cache", .deferred) {
        try $0.lists([try Stage.directory.authority.issuingList(number: 9000, at: Stage.now, revoked: [])])
    },
    Row(.issuingAuthority, "the root's list out of date by a second", .deferred) {
        try $0.list(madeAt: Stage.now, root: Stage.now - 3 * Stage.day - 1)
    },
    Row(.certificateRevocationList, "a list out of date by a second", .deferred) {
        try $0.list(madeAt: Stage.now - 3 * Stage.day - 1)
    },
    Row(good: "the root's list out of date now") { try $0.list(madeAt: Stage.now, root: Stage.now - 3 * Stage.day) },
    Row(good: "no list of the root, where the bank takes that") {
        $0.policy.certificateRevocation = .ifPresent
        try $0.lists([try Stage.directory.authority.issuingList(number: 9000, at: Stage.now, revoked: [])])
    },
    Row(.certificateRevocationList, "a list a second past the grace the bank gives", .deferred) {
        $0.policy.listGrace = Stage.day
        try $0.list(madeAt: Stage.now - 4 * Stage.day - 1)
    },
    Row(.issuingAuthority, "the root's list a second past the grace the bank gives", .deferred) {
        $0.policy.listGrace = Stage.day
        try $0.list(madeAt: Stage.now, root: Stage.now - 4 * Stage.day - 1)
    },
    Row(.certificateRevocationList, "on a list in its grace") {
        $0.policy.listGrace = 3 * Stage.day
        try $0.listRevoked(reason: 1, madeAt: Stage.now - 4 * Stage.day)
    },
    Row(good: "a list out of date now") { try $0.list(madeAt: Stage.now - 3 * Stage.day) },
    Row(good: "no list, where the bank takes that") {
        $0.policy.certificateRevocation = .ifPresent
        try $0.lists([])
    },
    Row(.certificateRevocationList, "on the list, where the bank takes a missing one") {
        $0.policy.certificateRevocation = .ifPresent
        try $0.listRevoked(reason: 1)
    },
    Row(good: "on the list, where the bank does not look") {
        $0.policy.certificateRevocation = .off
        try $0.listRevoked(reason: 1)
    },
    Row(.certificateRevocationList, "a stranger's list is no list", and: [], .deferred) {
        let authority = try Stage.directory.authority
        try $0.lists([try authority.rootList(number: 9000, at: Stage.now)])
    },
    Row(
        .organisationStatus,
        "an error is an error, although keys are missing too",
        and: [.certificateRevocationList, .issuingAuthority]
    ) {
        $0.stated["org_status"] = "Revoked"
        try $0.lists([])
    },
]

extension Registration {
    /// Puts the transport certificate and its key into a revoked set.
    fileprivate mutating func revoke(at url: String) throws {
        try world.publish(Array("{\"keys\":[\(software.transport.jwk)]}".utf8), at: url)
    }

    fileprivate mutating func listRevoked(reason: UInt8, madeAt time: Int64 = Stage.now) throws {
        let entry = CRLTemplate.Entry(serial: software.transport.serial, at: time - 60, reason: reason)
        let authority = try Stage.directory.authority
        try lists([
            try authority.issuingList(number: 9000, at: time, revoked: [entry]),
            try authority.rootList(number: 9000, at: Stage.now),
        ])
    }

    /// Puts empty lists of these times into the cache.
    fileprivate mutating func list(madeAt time: Int64, root: Int64 = Stage.now) throws {
        let authority = try Stage.directory.authority
        try lists([
            try authority.issuingList(number: 9000, at: time, revoked: []),
            try authority.rootList(number: 9000, at: root),
        ])
    }

    /// Delivers a record of these members, with the certificate and the gateway's word.
    mutating func deliver(_ members: [(String, DraftValue)], certificate isThere: Bool = true) {
        var members = members + [("tls_possession", "attested")]
        if isThere, let certificate = request.certificate {
            members.append(("transport_certificate", .text(certificate)))
        }
        form = .text(DraftMembers.record(members))
    }
}
