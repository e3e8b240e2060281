package import Crypto
import Encoding

/// A JWS before it is signed: header and claims as ordered members, the way to sign, and damage done afterwards.
package struct TokenDraft: Sendable {
    /// The protected header.
    package var header: DraftMembers
    /// The claims.
    package var claims: DraftMembers
    /// How it is signed.
    package var seal: DraftSeal
    /// What happens to it afterwards.
    package var damage = DraftDamage.none

    /// Makes a draft.
    package init(header: DraftMembers, claims: DraftMembers, seal: DraftSeal) {
        (self.header, self.claims, self.seal) = (header, claims, seal)
    }

    /// Makes a draft signed with a simulated key and its own algorithm, header members as the directory orders them.
    package init(claims: DraftMembers, signedWith key: SimulatedKey) {
        let header: DraftMembers = ["alg": .text(key.algorithm.rawValue), "kid": .text(key.kid), "typ": "JWT"]
        self.init(header: header, claims: claims, seal: .key(key.privateKey, key.algorithm))
    }

    /// Signs with another key: `alg`, `kid` and the seal become that key's.
    package mutating func sign(with key: SimulatedKey, _ algorithm: SignatureAlgorithm? = nil) {
        let algorithm = algorithm ?? key.algorithm
        header["alg"] = .text(algorithm.rawValue)
        header["kid"] = .text(key.kid)
        seal = .key(key.privateKey, algorithm)
    }

    /// The compact JWS.
    package func compact() throws(SimulatorError) -> String {
        let signed = Base64URL.encode(Array(header.json.utf8)) + "." + Base64URL.encode(Array(claims.json.utf8))
        return damage.applied(to: signed + "." + Base64URL.encode(try seal.sign(Array(signed.utf8))))
    }
}

/// A software statement before the directory signs it.
package typealias StatementDraft = TokenDraft

/// A directory id_token before the identity provider signs it.
package typealias IdentityDraft = TokenDraft
