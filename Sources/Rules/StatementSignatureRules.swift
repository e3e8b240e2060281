import Crypto
import Encoding
import JOSE
import OpenBanking

/// The directory's signature over the software statement.
let statementSignatureRules: [Rule] = [
    Rule(
        .directoryKeysUsable,
        "the directory's key set is cached and not too old",
        source: "docs/ARCHITECTURE.md, Keys",
        reports: nil,
        configurable: false,
        needs: [.statementFramed],
        settings: ["refresh.classes.directory"],
        remedy: "Refresh the cache."
    ) { r in
        guard !r.has(.directoryKeys) else { return nil }
        let wanted = WantedKey(url: r.policy.directoryURL, kind: .directory)
        return .waiting(
            r.directoryKeys == nil
                ? "the directory's keys are not in the cache" : "the directory's keys are too old to use",
            for: wanted
        )
    },
    Rule(
        .directoryKeyKnown,
        "the directory publishes the key the statement names, or did when it was signed",
        source: "RFC 7515 section 4.1.4",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.statementHeader, .statementRead, .directoryKeys],
        settings: ["refresh.classes.directory"],
        remedy: "Ask the directory for a new software statement.",
        check: directoryPublishesTheKey
    ),
    Rule(
        .directoryKeyFits,
        "the directory key fits the statement's alg",
        source: "RFC 7517 section 4; RFC 7518 section 3; RFC 8725 section 3.2",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.directoryKey],
        remedy: "Ask the directory for a new software statement."
    ) { refusalFault($0.directoryKey, header: $0.statement.header, owner: "directory") },
    Rule(
        .directoryKeyTrusted,
        "the directory key is neither revoked nor known to be compromised",
        source: "RFC 7517; policy.deny_keys",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.directoryKey],
        settings: ["policy.deny_keys"],
        remedy: "Ask the directory for a new software statement, signed with its current key."
    ) { r in
        if let past = r.directoryPast, past.isRevoked, !past.admitsRevocation(r) {
            return Fault("the directory key is revoked", value: keyName(r.directoryKey))
        }
        if case .revoked? = r.directoryStanding, r.directoryPast == nil {
            return Fault("the directory key is revoked", value: keyName(r.directoryKey))
        }
        guard !r.policy.deniedKeys.isEmpty, let key = r.directoryKey,
            r.policy.deniedKeys.contains(key.key.spkiSHA256)
        else { return nil }
        return Fault("the directory key is on the bank's deny list", value: keyName(key))
    },
    Rule(
        .statementSignature,
        "the directory's signature over the statement verifies",
        source: "RFC 7515 section 5.2; RFC 7518 sections 3.4 and 3.5",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.directoryKey],
        remedy: "Send the software statement exactly as the directory issued it, or ask for a new one."
    ) { r in
        // Whether the key fits is the rule's before.
        guard !r.statementSigned,
            refusalFault(r.directoryKey, header: r.statement.header, owner: "directory") == nil
        else { return nil }
        return Fault("the directory's signature does not verify", value: keyName(r.directoryKey))
    },
]

private func directoryPublishesTheKey(_ r: Evidence) -> Fault? {
    guard let keyID = r.statement.header?.keyID, !keyID.isEmpty else { return nil }  // rule R-058's
    guard let keys = r.directoryKeys else { return nil }
    func wanted() -> WantedKey { WantedKey(url: r.policy.directoryURL, kind: .directory, keyID: keyID.string) }
    if let past = r.directoryPast { return pastFault(past, r, wanted(), owner: "directory") }
    if r.relaxedTo != nil { return noHistory(wanted(), owner: "directory") }
    guard r.directoryKey == nil else {
        let signedAt = r.stated(.issuedAt)?.integral ?? r.now
        return standingFault(r.directoryStanding, signedAt: signedAt, now: r.now, wanted(), owner: "directory")
    }
    if keys.fetchedAt > r.arrivedAt { return Fault("the directory publishes no key with this kid", keyID) }
    return .waiting("the directory key is not in the cache, which is older than the request", for: wanted())
}

/// What stands against a key of the past: today everything, as of an older registration what its history says.
func pastFault(_ past: PastKey, _ r: Evidence, _ wanted: @autoclosure () -> WantedKey, owner: String) -> Fault? {
    guard r.relaxedTo != nil else {
        // Never a finding: it is what a relaxation says would have been found.
        let today = "the \(owner) key is not one of today's: it is \(past.state)"
        return Fault(today, value: keyName(past.key))
    }
    switch past.verdict {
    case .admitted: return nil
    case .refused(let why): return Fault("the \(owner) key \(why)", value: keyName(past.key))
    case .waiting(let why): return .waiting("the \(owner) key \(why)", for: wanted())
    }
}

/// An older registration whose key no history knows waits for that history; it is never taken on trust.
func noHistory(_ wanted: WantedKey, owner: String) -> Fault {
    var fault = Fault.waiting("no history of the \(owner) key is in the cache", for: wanted)
    fault.remedy = "Bring the history of this key into the cache, or register the client anew."
    return fault
}

/// A key that may not vouch, or not yet, for what it signed; that it is revoked is another rule's matter.
func standingFault(
    _ standing: KeyStanding?,
    signedAt: UnixTime,
    now: UnixTime,
    _ wanted: @autoclosure () -> WantedKey,
    owner: String
) -> Fault? {
    guard let standing, !standing.admits(signedAt: signedAt, now: now) else { return nil }
    switch standing {
    case .retired(let lastSeen, _):
        return Fault("the \(owner) key was retired", value: "last published \(Timestamp.rfc3339(lastSeen))")
    case .expired(let at): return Fault("the \(owner) key has expired", value: Timestamp.rfc3339(at))
    case .held: return .waiting("the \(owner) key is held until an operator accepts it", for: wanted())
    case .active, .revoked: return nil
    }
}

/// A key that may not judge the header's algorithm; an algorithm that is not allowed at all is rule R-007's or R-056's.
func refusalFault(_ key: VerificationKey?, header: ProtectedHeader?, owner: String) -> Fault? {
    guard let key, let algorithm = header?.signatureAlgorithm, let refusal = key.refusal(for: algorithm) else {
        return nil
    }
    return Fault("the \(owner) key may not be used for this: \(refusal)", value: keyName(key))
}

/// A key's kid, safe to show.
func keyName(_ key: VerificationKey?) -> String? { key?.kid.map { "kid \(Printable.text(ByteSlice($0)))" } }
