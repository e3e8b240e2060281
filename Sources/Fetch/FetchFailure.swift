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
    // Ourselves.
    case stopped
    case library(String)

    /// The stable name: `tls_verify`, `timeout`, `status_503`.
    package var code: String {
        switch self {
        case .url: "url"
        case .scheme: "not_allowed_scheme"
        case .host: "not_allowed_host"
        case .port: "not_allowed_port"
        case .hostResting: "host_resting"
        case .dns: "dns"
        case .privateAddress: "private_address"
        case .connect: "connect"
        case .connectTimeout: "connect_timeout"
        case .proxy: "proxy"
        case .connectionLost: "connection_lost"
        case .tlsVerify: "tls_verify"
        case .tlsPin: "tls_pin"
        case .tlsClientCertificate: "tls_client_certificate"
        case .tlsAuthorityFile: "tls_ca_file"
        case .tls: "tls"
        case .timeout: "timeout"
        case .tooSlow: "too_slow"
        case .status(let status, _): "status_\(status)"
        case .redirect: "redirect"
        case .unaskedNotModified: "unasked_304"
        case .headersTooLarge: "headers_too_large"
        case .tooLarge: "too_large"
        case .contentEncoding: "content_encoding"
        case .truncated: "truncated"
        case .protocolError: "protocol"
        case .mirrorMissing: "mirror_missing"
        case .mirrorSymlink: "mirror_symlink"
        case .mirrorNotRegular: "mirror_not_regular"
        case .mirrorRead: "mirror_read"
        case .stopped: "stopped"
        case .library: "library"
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
    package var isUntried: Bool { self == .hostResting || self == .stopped }

    /// The server's `Retry-After` of a 429 or 503, as sent.
    package var retryAfter: String? {
        guard case .status(let status, let value) = self, status == 429 || status == 503 else { return nil }
        return value
    }
}
