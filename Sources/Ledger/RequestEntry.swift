package import Crypto
package import Encoding

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
    package static func jtiKey(issuer: ByteSlice, jti: ByteSlice) -> SHA256Digest {
        SHA256Digest.of(issuer.bytes + [0] + jti.bytes)
    }
}
