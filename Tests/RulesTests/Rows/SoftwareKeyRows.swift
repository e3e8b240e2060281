import Crypto
import Encoding
import JOSE
import OpenBanking

@testable import Rules
@testable import Simulator

/// The software's keys and the TPP's signature over the request.
let softwareKeyRows: [Row] = [
    Row(.softwareKeysUsable, "the software's set was never fetched", .deferred) {
        $0.world.sets[try $0.softwareURL] = nil
    },
    Row(.softwareKeysUsable, "the set is too old to use, to the second", .deferred) {
        $0.world.remake(try $0.softwareURL, usableUntil: Stage.now)
    },
    Row(good: "the set is usable for one second more") {
        $0.world.remake(try $0.softwareURL, usableUntil: Stage.now + 1)
    },
    Row(.requestKeyKnown, "an unknown kid, the set older than the request", .deferred) {
        $0.request.token.sign(with: $0.software.next.key)
    },
    Row(.requestKeyKnown, "an unknown kid, the set newer than the request") {
        $0.request.token.sign(with: $0.software.next.key)
        $0.world.remake(try $0.softwareURL, fetchedAt: Stage.now + 1)
    },
    Row(.requestKeyKnown, "a key of the organisation that is not associated with the software") {
        $0.request.token.sign(with: try Stage.directory.software[Stage.sibling].signing.key)
        $0.world.remake(try $0.softwareURL, fetchedAt: Stage.now + 1)
    },
    Row(good: "a key of the organisation, where the bank lets it sign") {
        $0.policy.requestKeys = .softwareOrOrganisation
        $0.request.token.sign(with: try Stage.directory.software[Stage.sibling].signing.key)
    },
    Row(.requestKeyKnown, "a key in no set, where the bank asks the organisation's too") {
        $0.policy.requestKeys = .softwareOrOrganisation
        $0.request.token.sign(with: $0.software.next.key)
        try $0.fetchAfterArrival()
    },
    Row(.requestKeyKnown, "a key in no set, the organisation's older than the request", .deferred) {
        $0.policy.requestKeys = .softwareOrOrganisation
        $0.request.token.sign(with: $0.software.next.key)
        $0.world.remake(try $0.softwareURL, fetchedAt: Stage.now + 1)
    },
    Row(.requestKeyKnown, "a key of the organisation, whose set is too old to use", .deferred) {
        $0.policy.requestKeys = .softwareOrOrganisation
        $0.request.token.sign(with: try Stage.directory.software[Stage.sibling].signing.key)
        $0.world.remake(try $0.softwareURL, fetchedAt: Stage.now + 1)
        $0.world.remake(try $0.organisationURL, fetchedAt: Stage.now + 1, usableUntil: Stage.now)
    },
    Row(.requestKeyFits, "the transport key of the organisation, where the bank lets the organisation's sign") {
        $0.policy.requestKeys = .softwareOrOrganisation
        $0.request.token.sign(with: try Stage.directory.software[Stage.sibling].transport.key)
    },
    Row(.requestKeyKnown, "a held key", .deferred) { try $0.softwareKeys(are: .held) },
    Row(.requestSignature, "a held key and a wrong signature", and: [.requestKeyKnown]) {
        try $0.softwareKeys(are: .held)
        $0.request.token.damage = .flippedSignature
    },
    Row(good: "a key retired after the request was signed, in its grace") {
        try $0.softwareKeys(are: .retired(lastSeen: Stage.now - 120, graceUntil: Stage.now))
    },
    Row(.requestKeyKnown, "a retired key after its grace") {
        try $0.softwareKeys(are: .retired(lastSeen: Stage.now - 120, graceUntil: Stage.now - 1))
    },
    Row(.requestKeyKnown, "a request signed after its key was retired") {
        try $0.softwareKeys(are: .retired(lastSeen: Stage.now - 121, graceUntil: Stage.now + 600))
    },
    Row(.requestKeyKnown, "an expired key") { try $0.softwareKeys(are: .expired(at: Stage.now - 1)) },
    Row(.requestKeyFits, "the transport key") { $0.request.token.sign(with: $0.software.transport.key) },
    Row(.requestKeyFits, "ES256 named, the key is RSA") { $0.header["alg"] = "ES256" },
    Row(.requestKeyFits, "an encryption key") {
        try $0.world.publish($0.jwks($0.software.signing.key, use: .enc), at: try $0.softwareURL)
    },
    Row(.requestKeyFits, "a key pinned to another alg") {
        var members = $0.software.signing.key.jwkMembers
        members.append("kid", .text($0.software.signing.key.kid))
        members.append("alg", "PS512")
        try $0.world.publish(Array("{\"keys\":[\(members.json)]}".utf8), at: try $0.softwareURL)
    },
    Row(good: "a key without use") {
        try $0.world.publish($0.jwks($0.software.signing.key, use: .none), at: try $0.softwareURL)
    },
    Row(.requestKeyNotRevoked, "a key that moved to the revoked sets") {
        $0.request.token.sign(with: $0.software.revokedSigning.key)
    },
    Row(.requestKeyNotRevoked, "a published key whose kid is in the software's revoked set") {
        try $0.revokeSigningKey(at: try $0.softwareRevokedURL)
    },
    Row(.requestKeyNotRevoked, "a published key whose kid is in the organisation's revoked set") {
        try $0.revokeSigningKey(at: try $0.organisationRevokedURL)
    },
    Row(.requestKeyNotRevoked, "a published key that is revoked under another kid") {
        let twin = SimulatedKey($0.software.signing.key.privateKey, kid: "another")
        try $0.world.publish($0.jwks(twin, use: .sig), at: try $0.softwareRevokedURL)
    },
    Row(.requestKeyNotRevoked, "a kid the cache remembers as revoked") {
        $0.world.revokedKeyIDs = [$0.software.signing.key.kid: Stage.now - Stage.day]
    },
    Row(.requestKeyNotRevoked, "a key the cache remembers as revoked") {
        $0.world.revokedKeys = [$0.software.signing.key.privateKey.publicKey.spkiSHA256: Stage.now - Stage.day]
    },
    Row(.requestKeyNotRevoked, "a key of revoked standing", and: [], .rejected) {
        try $0.softwareKeys(are: .revoked(at: Stage.now - 5))
    },
    Row(.requestKeyNotRevoked, "a key on the bank's deny list") {
        $0.policy.deniedKeys = [$0.software.signing.key.privateKey.publicKey.spkiSHA256]
    },
    Row(.requestKeyNotRevoked, "the software's revoked set is missing", .deferred) {
        $0.world.sets[try $0.softwareRevokedURL] = nil
    },
    Row(.requestKeyNotRevoked, "the organisation's revoked set is missing", .deferred) {
        $0.world.sets[try $0.organisationRevokedURL] = nil
    },
    Row(.requestKeyNotRevoked, "a revoked set is too old to use", .deferred) {
        $0.world.remake(try $0.organisationRevokedURL, usableUntil: Stage.now)
    },
    Row(good: "a revoked set is missing, where the bank takes that") {
        $0.policy.keyRevocation = .ifPresent
        $0.world.sets[try $0.softwareRevokedURL] = nil
    },
    Row(.requestSignature, "one changed character") { $0.request.token.damage = .flippedSignature },
    Row(.requestSignature, "no signature worth the name") { $0.request.token.seal = .bytes([1, 2, 3]) },
    Row(.requestSignature, "a signature with stray trailing bits") {
        $0.wrap(try $0.request.compact().withStrayBits)
    },
    Row(.requestSignature, "a forged request whose signature has stray trailing bits") {
        let forged = SimulatedKey(try $0.other.signing.key.privateKey, kid: $0.software.signing.key.kid)
        $0.request.token.seal = .key(try Stage.directory.nextKey.privateKey, .PS256)
        $0.header["kid"] = .text(forged.kid)
        $0.wrap(try $0.request.compact().withStrayBits)
    },
    Row(.requestSignature, "another's key under the software's kid") {
        $0.request.token.seal = .key(try Stage.directory.nextKey.privateKey, .PS256)
    },
    Row(.requestSignature, "ES256: the signature in DER", of: Stage.elliptic) {
        $0.request.token.seal = .bytes([0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01])
    },
    Row(.requestSignature, "ES256: a signature of zeros", of: Stage.elliptic) {
        $0.request.token.seal = .bytes(Array(repeating: 0, count: 64))
    },
    Row(good: "two keys with one kid, the second signed (R-092)") {
        let key = $0.software.signing.key
        let twin = SimulatedKey(try Stage.directory.nextKey.privateKey, kid: key.kid)
        try $0.world.publish($0.jwks([(twin, .sig), (key, .sig)]), at: try $0.softwareURL)
    },
    Row(good: "the request's alg differs from the statement's: each is judged by its own", of: Stage.elliptic),
]

extension Registration {
    fileprivate mutating func softwareKeys(are standing: KeyStanding) throws {
        world.remake(try softwareURL, standing: { key in key.use == .sig ? standing : .active })
    }

    fileprivate mutating func revokeSigningKey(at url: String) throws {
        try world.publish(jwks(software.signing.key, use: .sig), at: url)
    }
}
