/// Why a source could not be fetched.
///
/// Never a verdict on keys: whatever was good before stays.
///
/// `code` is stable (logs, JSON, metrics); `detail` is for people and may change.
package enum FetchFailure: Error, Equatable, Sendable {
    // Refused before any packet.
    case url(String)
    case scheme(String)
    case host(String)
    case port(Int)
    case hostResting
    case elsewhere
    case notDue
    case overBudget
    case nextRound
    // The connection.
    case dns(String)
    case privateAddress(String)
    case connect(String)
    case connectTimeout(milliseconds: Int)
    case proxy(String)
    case connectionLost(String)
    // TLS.
    /// `verify` is OpenSSL's X509_V_ERR number: 10 expired, 18/19 self-signed, 20 unknown issuer, 62 other host name.
    case tlsVerify(verify: Int, String)
    case tlsPin
    case tlsClientCertificate(String)
    case tlsAuthorityFile(String)
    case tls(String)
    // The answer.
    case timeout(milliseconds: Int)
    case tooSlow(bytesPerSecond: Int, seconds: Int)
    case status(Int, retryAfter: String?)
    case redirect(Int)
    case unaskedNotModified
    case headersTooLarge(limit: Int)
    case tooLarge(limit: Int)
    case contentEncoding(String)
    case truncated(String)
    case protocolError(String)
    // The mirror tree.
    case mirrorMissing(String)
    case mirrorSymlink(String)
    case mirrorNotRegular(String)
    case mirrorRead(String, errno: Int32)
    case mirrorTime(String)
    // Ourselves.
    case stopped
    case library(String)

    /// The stable name: `tls_verify`, `timeout`, `status_503`.
    package var code: String {
        guard case .status(let status, _) = self else { return kind.rawValue }
        return "status_\(status)"
    }

    /// What kind of failure it is.
    package var kind: FetchFailureKind {
        switch self {
        case .url: .url
        case .scheme: .scheme
        case .host: .host
        case .port: .port
        case .hostResting: .hostResting
        case .elsewhere: .elsewhere
        case .notDue: .notDue
        case .overBudget: .overBudget
        case .nextRound: .nextRound
        case .dns: .dns
        case .privateAddress: .privateAddress
        case .connect: .connect
        case .connectTimeout: .connectTimeout
        case .proxy: .proxy
        case .connectionLost: .connectionLost
        case .tlsVerify: .tlsVerify
        case .tlsPin: .tlsPin
        case .tlsClientCertificate: .tlsClientCertificate
        case .tlsAuthorityFile: .tlsAuthorityFile
        case .tls: .tls
        case .timeout: .timeout
        case .tooSlow: .tooSlow
        case .status: .status
        case .redirect: .redirect
        case .unaskedNotModified: .unaskedNotModified
        case .headersTooLarge: .headersTooLarge
        case .tooLarge: .tooLarge
        case .contentEncoding: .contentEncoding
        case .truncated: .truncated
        case .protocolError: .protocolError
        case .mirrorMissing: .mirrorMissing
        case .mirrorSymlink: .mirrorSymlink
        case .mirrorNotRegular: .mirrorNotRegular
        case .mirrorRead: .mirrorRead
        case .mirrorTime: .mirrorTime
        case .stopped: .stopped
        case .library: .library
        }
    }

    /// True when the failure speaks about the host rather than about one of its files: it feeds the host's breaker.
    package var blamesHost: Bool {
        switch self {
        case .dns, .privateAddress, .connect, .connectTimeout, .proxy, .connectionLost, .tlsVerify, .tlsPin,
            .tlsClientCertificate, .tls, .timeout, .tooSlow, .protocolError:
            true
        case .status(let status, _): status == 429 || status >= 500
        default: false
        }
    }

    /// True when no attempt was made at all, so that nothing is to be recorded against the source.
    package var isUntried: Bool { self == .hostResting || self == .stopped || isLeft }

    /// True when there is nothing to be done: somebody else does it, or it can wait.
    package var isLeft: Bool { self == .elsewhere || self == .notDue || self == .overBudget || self == .nextRound }

    /// The server's `Retry-After` of a 429 or 503, as sent.
    package var retryAfter: String? {
        guard case .status(let status, let value) = self, status == 429 || status == 503 else { return nil }
        return value
    }
}
