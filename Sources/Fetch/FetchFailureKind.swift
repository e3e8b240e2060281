/// The kinds of failure there are, by their stable names: in status, log, JSON and docs/REFRESH.md.
package enum FetchFailureKind: String, CaseIterable, Sendable {
    // Refused before any packet.
    case url
    case scheme = "not_allowed_scheme"
    case host = "not_allowed_host"
    case port = "not_allowed_port"
    case hostResting = "host_resting"
    case elsewhere = "fetched_elsewhere"
    case notDue = "not_due_any_more"
    case overBudget = "over_budget"
    case nextRound = "next_round"
    // The connection.
    case dns
    case privateAddress = "private_address"
    case connect
    case connectTimeout = "connect_timeout"
    case proxy
    case connectionLost = "connection_lost"
    // TLS.
    case tlsVerify = "tls_verify"
    case tlsPin = "tls_pin"
    case tlsClientCertificate = "tls_client_certificate"
    case tlsAuthorityFile = "tls_ca_file"
    case tls
    // The answer.
    case timeout
    case tooSlow = "too_slow"
    /// In a failure's code followed by the status: `status_503`.
    case status
    case redirect
    case unaskedNotModified = "unasked_304"
    case headersTooLarge = "headers_too_large"
    case tooLarge = "too_large"
    case contentEncoding = "content_encoding"
    case truncated
    case protocolError = "protocol"
    // The mirror tree.
    case mirrorMissing = "mirror_missing"
    case mirrorSymlink = "mirror_symlink"
    case mirrorNotRegular = "mirror_not_regular"
    case mirrorRead = "mirror_read"
    case mirrorTime = "mirror_time"
    // Ourselves.
    case stopped
    case library

    /// What happened, in a few words.
    package var meaning: String {
        switch self {
        case .url: "the URL is not one that is ever fetched"
        case .scheme: "not https, or http for anything but a CRL"
        case .host: "the host is not on the list"
        case .port: "the port is not one of this host's"
        case .hostResting: "not tried: the host failed too often just before"
        case .elsewhere: "not tried: another process is fetching it"
        case .notDue: "not tried: another process has fetched it meanwhile"
        case .overBudget: "not tried: wanted keys brought too many fetches forward lately"
        case .nextRound: "not tried: it has its turn in the next round, which begins at once"
        case .dns: "the host's name could not be resolved"
        case .privateAddress: "the name leads to an address this host may not have"
        case .connect: "nobody accepts the connection"
        case .connectTimeout: "no connection in time"
        case .proxy: "the proxy cannot be reached, or refuses"
        case .connectionLost: "the connection ended without an answer"
        case .tlsVerify: "the server's certificate is not trusted; the reason has OpenSSL's number"
        case .tlsPin: "the server's key is not one of the pinned ones"
        case .tlsClientCertificate: "our client certificate cannot be used, or the server refuses it"
        case .tlsAuthorityFile: "the CA file cannot be read"
        case .tls: "no TLS connection came about"
        case .timeout: "the fetch took too long"
        case .tooSlow: "too few bytes a second"
        case .status: "the server answered with this status"
        case .redirect: "the server answered with a redirect, which is never followed"
        case .unaskedNotModified: "304 to a request that had no condition"
        case .headersTooLarge: "the headers are over their limit"
        case .tooLarge: "the decoded body is over its limit"
        case .contentEncoding: "the body is coded in a way that was not offered"
        case .truncated: "the body ended early"
        case .protocolError: "the answer is not HTTP"
        case .mirrorMissing: "the mirror has no such file"
        case .mirrorSymlink: "a symbolic link in the mirror"
        case .mirrorNotRegular: "not a plain file in the mirror"
        case .mirrorRead: "the mirror cannot be read"
        case .mirrorTime: "the mirror's time cannot be read"
        case .stopped: "not tried, or ended: the refresh was stopped"
        case .library: "libcurl refused to work"
        }
    }
}
