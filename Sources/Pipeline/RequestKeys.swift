package import Crypto
import Encoding
import Ledger
import OpenBanking
package import Rules

/// What a judged request is known by in the ledger, besides its bytes.
package struct RequestKeys {
    /// The key of (iss, jti), where the request's own signature verified; of a manual registration the statement's.
    package let jtiKey: SHA256Digest?
    /// The key of the software statement's (iss, jti), where the directory's signature over it verified.
    package let statementKey: SHA256Digest?

    /// Finds the keys, hashing with `stream`: who asks often keeps one.
    package init(_ evidence: Evidence, _ verdict: Verdict, by stream: SHA256Stream = SHA256Stream()) {
        statementKey = Self.statementKey(evidence, stream)
        if evidence.channel == .mcr {
            // A manual registration has no jti of its own: what it accepts uses up the statement, so that the same
            // statement in a record of other bytes registers nothing twice.
            jtiKey = verdict.outcome == .accepted && evidence.operation == .register ? statementKey : nil
        } else {
            jtiKey = Self.requestKey(evidence, stream)
        }
    }

    /// Only a verified signature reserves a jti, so that a forged request burns none (rule R-098).
    ///
    /// The software of the verified statement owns it, which `iss` must name (rule R-099): what a signer claims to be
    /// burns no jti of another.
    private static func requestKey(_ evidence: Evidence, _ stream: SHA256Stream) -> SHA256Digest? {
        guard evidence.requestVerified, evidence.statementVerified, let owner = evidence.statedText(.softwareID),
            let jti = evidence.text(.jwtID)
        else { return nil }
        return RequestEntry.jtiKey(issuer: owner, jti: jti, by: stream)
    }

    private static func statementKey(_ evidence: Evidence, _ stream: SHA256Stream) -> SHA256Digest? {
        guard evidence.statementVerified, let issuer = evidence.statedText(.issuer),
            let jti = evidence.statedText(.jwtID)
        else { return nil }
        return RequestEntry.jtiKey(issuer: issuer, jti: jti, by: stream)
    }
}
