import Crypto
import Encoding
import JOSE
import OpenBanking

@testable import Rules
@testable import Simulator

/// The directory's keys and its signature over the statement.
let directoryKeyRows: [Row] = [
    Row(.directoryKeysUsable, "the directory's set was never fetched", .deferred) {
        $0.world.sets[$0.directoryURL] = nil
    },
    Row(.directoryKeysUsable, "the set is too old to use, to the second", .deferred) {
        $0.world.remake($0.directoryURL, usableUntil: Stage.now)
    },
    Row(good: "the set is usable for one second more") {
        $0.world.remake($0.directoryURL, usableUntil: Stage.now + 1)
    },
    Row(.directoryKeyKnown, "an unknown kid, the set older than the request", .deferred) {
        $0.request.statement.sign(with: try Stage.directory.nextKey)
    },
    Row(.directoryKeyKnown, "an unknown kid, the set as old as the request", .deferred) {
        $0.request.statement.sign(with: try Stage.directory.nextKey)
        $0.world.remake($0.directoryURL, fetchedAt: Stage.now)
    },
    Row(.directoryKeyKnown, "an unknown kid, the set newer than the request") {
        $0.request.statement.sign(with: try Stage.directory.nextKey)
        $0.world.remake($0.directoryURL, fetchedAt: Stage.now + 1)
    },
    Row(.directoryKeyKnown, "a kid without its padding, the set newer than the request") {
        $0.request.statement.header["kid"] = .text(try Stage.directory.signingKey.kid.filter { $0 != "=" })
        $0.world.remake($0.directoryURL, fetchedAt: Stage.now + 1)
    },
    Row(.directoryKeyKnown, "a held key", .deferred) { $0.directoryKeys(are: .held) },
    Row(good: "a key retired after the statement was signed, in its grace") {
        $0.directoryKeys(are: .retired(lastSeen: Stage.now - 600, graceUntil: Stage.now))
    },
    Row(.directoryKeyKnown, "a retired key after its grace") {
        $0.directoryKeys(are: .retired(lastSeen: Stage.now - 600, graceUntil: Stage.now - 1))
    },
    Row(.directoryKeyKnown, "a statement signed long after its key was retired") {
        $0.directoryKeys(are: .retired(lastSeen: Stage.now - 3661, graceUntil: Stage.now + 600))
    },
    Row(.directoryKeyKnown, "an expired key") { $0.directoryKeys(are: .expired(at: Stage.now - 5)) },
    Row(.directoryKeyTrusted, "a revoked key") { $0.directoryKeys(are: .revoked(at: Stage.now - 5)) },
    Row(.directoryKeyTrusted, "a key on the bank's deny list") {
        $0.policy.deniedKeys = [try Stage.directory.signingKey.privateKey.publicKey.spkiSHA256]
    },
    Row(.directoryKeyFits, "ES256 named, the key is RSA") { $0.request.statement.header["alg"] = "ES256" },
    Row(.directoryKeyFits, "a transport key") {
        let url = $0.directoryURL
        try $0.world.publish($0.jwks(try Stage.directory.signingKey, use: .tls), at: url)
    },
    Row(.statementSignature, "one changed character") { $0.request.statement.damage = .flippedSignature },
    Row(.statementSignature, "no signature worth the name") { $0.request.statement.seal = .bytes([1, 2, 3]) },
    Row(.statementSignature, "a signature with stray trailing bits") {
        $0.claims["software_statement"] = .text(try $0.request.statement.compact().withStrayBits)
    },
    Row(.statementSignature, "another's key under the directory's kid") {
        let kid = try Stage.directory.signingKey.kid
        $0.request.statement.sign(with: $0.software.signing.key)
        $0.request.statement.header["kid"] = .text(kid)
    },
    Row(good: "two keys with one kid, the second signed (R-092)") {
        let key = try Stage.directory.signingKey
        let twin = SimulatedKey(try Stage.directory.nextKey.privateKey, kid: key.kid)
        let body = $0.jwks([(twin, .sig), (key, .sig)])
        try $0.world.publish(body, at: $0.directoryURL)
    },
    Row(.directoryKeyKnown, "a statement signed by the software's own key", .deferred) {
        $0.request.statement.sign(with: $0.software.signing.key)
    },
]

extension Registration {
    fileprivate mutating func directoryKeys(are standing: KeyStanding) {
        world.remake(directoryURL, standing: { _ in standing })
    }

    /// A key set with these keys and nothing but what a JWK needs.
    func jwks(_ keys: [(SimulatedKey, KeyUse)]) -> [UInt8] {
        let list = keys.map { key, use -> DraftValue in
            var members = key.jwkMembers
            members.append("kid", .text(key.kid))
            if use != .none { members.append("use", .text(use.name)) }
            return .object(members)
        }
        return Array((["keys": .list(list)] as DraftMembers).json.utf8)
    }

    func jwks(_ key: SimulatedKey, use: KeyUse) -> [UInt8] { jwks([(key, use)]) }
}

extension String {
    /// The same JWS, whose signature's last character has bits that no byte holds.
    var withStrayBits: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        guard let last, let value = alphabet.firstIndex(of: last) else { return self }
        return String(dropLast()) + String(alphabet[value | 1])
    }
}
