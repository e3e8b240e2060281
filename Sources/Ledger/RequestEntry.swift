package import Crypto
package import Encoding
package import OpenBanking

/// A request as it enters the ledger, before its outcome is final.
package struct RequestEntry: Sendable, Equatable {
    /// The SHA-256 of the request's bytes.
    package var requestSHA256: SHA256Digest
    /// The key of (iss, jti), see `jtiKey(issuer:jti:)`; only for a request whose signature verified, so that a forged
    /// one burns no jti.
    package var jtiKey: SHA256Digest?
    /// The result file the answer will be in.
    package var resultName: String
    /// The line in it, for bulk, from 1.
    package var line: Int?
    package var decidedAt: UnixTime
    /// Whether this is a deferred request tried again, not a new arrival.
    package var isRetry: Bool
    /// How it will probably end; written at once, so that an end as foreseen costs nothing more.
    package var foreseen: Foreseen?

    /// The end of a request that needs no more to be known of it.
    package struct Foreseen: Sendable, Equatable {
        package var outcome: Outcome
        package var clientID: String?

        package init(outcome: Outcome, clientID: String?) {
            self.outcome = outcome
            self.clientID = clientID
        }
    }

    package init(
        requestSHA256: SHA256Digest,
        jtiKey: SHA256Digest? = nil,
        resultName: String,
        line: Int? = nil,
        decidedAt: UnixTime,
        isRetry: Bool = false
    ) {
        self.requestSHA256 = requestSHA256
        self.jtiKey = jtiKey
        self.resultName = resultName
        self.line = line
        self.decidedAt = decidedAt
        self.isRetry = isRetry
    }

    /// The key of one issuer's jti: the SHA-256 of iss, a zero byte, jti.
    ///
    /// No issuer can reach another's.
    package static func jtiKey(
        issuer: ByteSlice,
        jti: ByteSlice,
        by stream: SHA256Stream = SHA256Stream()
    ) -> SHA256Digest {
        stream.update(issuer)
        stream.update(0)
        stream.update(jti)
        return stream.finish()
    }
}
