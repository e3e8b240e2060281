import Crypto
import JOSE
import OpenBanking

@testable import Rules
@testable import Simulator

/// The software's published key set.
let keySets = MutantSource(
    "software key set",
    weight: 10,
    among: [
        published("as it is", .accepted) { _, _ in },
        published("without use", .accepted) { jwk, _ in jwk["use"] = nil },
        published("alg of the key", .accepted) { jwk, r in jwk.append("alg", r.header["alg"] ?? "ES256") },
        published("key_ops verify", .accepted) { jwk, _ in jwk.append("key_ops", ["verify"]) },
        published("unknown member", .accepted) { jwk, _ in
            jwk.append("x", .object([:])); jwk.list.removeLast()
        },
        published("use tls", .refused(.requestKeyFits)) { jwk, _ in jwk["use"] = "tls" },
        published("use enc", .refused(.requestKeyFits)) { jwk, _ in jwk["use"] = "enc" },
        published("use SIG", .refused(.requestKeyFits)) { jwk, _ in jwk["use"] = "SIG" },
        published("another alg", .refused(.requestKeyFits)) { jwk, _ in jwk.append("alg", "PS512") },
        published("key_ops sign", .refused(.requestKeyFits)) { jwk, _ in jwk.append("key_ops", ["sign"]) },
        published("key_ops none", .refused(.requestKeyFits)) { jwk, _ in jwk.append("key_ops", []) },
        published("another kid", .waits(.requestKeyKnown)) { jwk, _ in jwk["kid"] = "another" },
        published("no kid", .waits(.requestKeyKnown)) { jwk, _ in jwk["kid"] = nil },
        published("a private part", .waits(.requestKeyKnown)) { jwk, _ in jwk.append("d", "AQAB") },
        published("another type", .waits(.requestKeyKnown)) { jwk, _ in jwk["kty"] = "OKP" },
        MutantChange("another key under the kid", .refused(.requestSignature)) { r, _ in
            let isElliptic = r.header["alg"] == "ES256"
            let key = try isElliptic ? KeyPool.elliptic() : Stage.directory.nextKey.privateKey
            try r.publish(jwk(SimulatedKey(key, kid: r.software.signing.key.kid)), and: r.software.transport)
        },
        MutantChange("the transport key alone", .waits(.requestKeyKnown)) { r, _ in
            try r.publish([r.software.transport])
        },
        MutantChange("the signing key alone", .accepted) { r, _ in try r.publish([r.software.signing]) },
        MutantChange("never fetched", .waits(.softwareKeysUsable)) { r, _ in r.world.sets[try r.softwareURL] = nil },
        MutantChange("too old", .waits(.softwareKeysUsable)) { r, _ in
            r.world.remake(try r.softwareURL, usableUntil: Stage.now)
        },
        standing("held", .held, .waits(.requestKeyKnown)),
        standing("expired", .expired(at: Stage.now - 1), .refused(.requestKeyKnown)),
        standing("revoked", .revoked(at: Stage.now - 1), .refused(.requestKeyNotRevoked)),
        standing("retired", .retired(lastSeen: Stage.now, graceUntil: Stage.now), .accepted),
        standing(
            "retired long ago",
            .retired(lastSeen: Stage.now, graceUntil: Stage.now - 1),
            .refused(.requestKeyKnown)
        ),
    ]
)

/// The directory's own key set.
let directorySet = MutantSource(
    "directory key set",
    weight: 8,
    among: [
        directory("as it is", .accepted) { _ in },
        directory("without use", .accepted) { $0["use"] = nil },
        directory("alg PS256", .accepted) { $0.append("alg", "PS256") },
        directory("use tls", .refused(.directoryKeyFits)) { $0["use"] = "tls" },
        directory("another alg", .refused(.directoryKeyFits)) { $0.append("alg", "PS384") },
        directory("key_ops sign", .refused(.directoryKeyFits)) { $0.append("key_ops", ["sign"]) },
        directory("another kid", .waits(.directoryKeyKnown)) { $0["kid"] = "another" },
        MutantChange("another key under the kid", .refused(.statementSignature)) { r, _ in
            let twin = SimulatedKey(try Stage.directory.nextKey.privateKey, kid: try Stage.directory.signingKey.kid)
            try r.world.publish(r.jwks(twin, use: .sig), at: r.directoryURL)
        },
        MutantChange("never fetched", .waits(.directoryKeysUsable)) { r, _ in r.world.sets[r.directoryURL] = nil },
        MutantChange("too old", .waits(.directoryKeysUsable)) { r, _ in
            r.world.remake(r.directoryURL, usableUntil: Stage.now)
        },
        directoryStanding("revoked", .revoked(at: Stage.now - 1), .refused(.directoryKeyTrusted)),
        directoryStanding("held", .held, .waits(.directoryKeyKnown)),
        directoryStanding("expired", .expired(at: Stage.now - 1), .refused(.directoryKeyKnown)),
    ]
)

/// The sets of revoked keys, and what the cache remembers of them.
let revokedSets = MutantSource(
    "revoked keys",
    weight: 6,
    among: [
        MutantChange("the signing key, the software's set", .refused(.requestKeyNotRevoked)) { r, _ in
            try r.world.publish(r.jwks(r.software.signing.key, use: .sig), at: try r.softwareRevokedURL)
        },
        MutantChange("the signing key, the organisation's set", .refused(.requestKeyNotRevoked)) { r, _ in
            try r.world.publish(r.jwks(r.software.signing.key, use: .sig), at: try r.organisationRevokedURL)
        },
        MutantChange("the signing key by another kid", .refused(.requestKeyNotRevoked)) { r, _ in
            let twin = SimulatedKey(r.software.signing.key.privateKey, kid: "another")
            try r.world.publish(r.jwks(twin, use: .sig), at: try r.softwareRevokedURL)
        },
        MutantChange("the transport key", .refused(.certificateNotRevoked)) { r, _ in
            try r.world.publish(r.jwks(r.software.transport.key, use: .tls), at: try r.organisationRevokedURL)
        },
        MutantChange("another's key", .accepted) { r, _ in
            try r.world.publish(r.jwks(try Stage.directory.nextKey, use: .sig), at: try r.softwareRevokedURL)
        },
        MutantChange("the software's set is missing", .waits(.requestKeyNotRevoked)) { r, _ in
            r.world.sets[try r.softwareRevokedURL] = nil
        },
        MutantChange("the organisation's set is too old", .waits(.requestKeyNotRevoked)) { r, _ in
            r.world.remake(try r.organisationRevokedURL, usableUntil: Stage.now)
        },
        MutantChange("a kid remembered", .refused(.requestKeyNotRevoked)) { r, _ in
            r.world.revokedKeyIDs = [r.software.signing.key.kid: Stage.now - 9]
        },
        MutantChange("a key remembered", .refused(.requestKeyNotRevoked)) { r, _ in
            r.world.revokedKeys = [r.software.signing.key.privateKey.publicKey.spkiSHA256: Stage.now - 9]
        },
        MutantChange("a certificate remembered", .refused(.certificateNotRevoked)) { r, _ in
            r.world.revokedCertificates = [.of(r.software.transport.certificate): Stage.now - 9]
        },
    ]
)

private func jwk(_ key: SimulatedKey) -> DraftMembers {
    var members = key.jwkMembers
    members.append("kid", .text(key.kid))
    members.append("use", "sig")
    return members
}

private func published(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (inout DraftMembers, Registration) -> Void
) -> MutantChange {
    MutantChange(what, expected) { r, _ in
        var members = jwk(r.software.signing.key)
        change(&members, r)
        try r.publish(members, and: r.software.transport)
    }
}

private func directory(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (inout DraftMembers) -> Void
) -> MutantChange {
    MutantChange(what, expected) { r, _ in
        var members = jwk(try Stage.directory.signingKey)
        change(&members)
        try r.world.publish(Array("{\"keys\":[\(members.json)]}".utf8), at: r.directoryURL)
    }
}

private func standing(_ what: String, _ standing: KeyStanding, _ expected: Expected) -> MutantChange {
    MutantChange("the signing key is \(what)", expected) { r, _ in
        r.world.remake(try r.softwareURL, standing: { $0.use == .sig ? standing : .active })
    }
}

private func directoryStanding(_ what: String, _ standing: KeyStanding, _ expected: Expected) -> MutantChange {
    MutantChange("the directory's key is \(what)", expected) { r, _ in
        r.world.remake(r.directoryURL, standing: { _ in standing })
    }
}

extension Registration {
    /// Publishes one key as given and another as it is.
    fileprivate mutating func publish(_ members: DraftMembers, and other: PublishedKey) throws {
        try publish([members.json, other.jwk])
    }
}
