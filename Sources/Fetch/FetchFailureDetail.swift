extension FetchFailure: CustomStringConvertible {
    /// One clause in plain words, which makes sense alone in a cron mail.
    package var description: String {
        switch self {
        case .url(let fault): "the URL \(fault)"
        case .scheme(let scheme): "\(scheme) is not allowed here, only https (http for a CRL)"
        case .host(let host): "\(host) is not on the list of allowed hosts"
        case .port(let port): "port \(port) is not allowed for this host"
        case .hostResting: "skipped: its host failed too often in this pass"
        case .elsewhere: "left alone: another process is fetching it"
        case .notDue: "left alone: another process has fetched it meanwhile"
        case .overBudget: "left alone: unknown keys brought too many fetches forward lately"
        case .nextRound: "left to the next round"
        case .dns(let detail): "the name could not be resolved (\(detail))"
        case .privateAddress(let address): "the name leads to \(address), which this host may not use"
        case .connect(let detail): "no connection (\(detail))"
        case .connectTimeout(let milliseconds): "no connection after \(Self.seconds(milliseconds))"
        case .proxy(let detail): "the proxy failed (\(detail))"
        case .connectionLost(let detail): "the connection was lost (\(detail))"
        case .tlsVerify(let verify, let detail): "the server's certificate is not trusted (\(detail), verify \(verify))"
        case .tlsPin: "the server's key is not one of the pinned keys"
        case .tlsClientCertificate(let detail): "our client certificate could not be used (\(detail))"
        case .tlsAuthorityFile(let detail): "the CA file could not be read (\(detail))"
        case .tls(let detail): "no TLS connection (\(detail))"
        case .timeout(let milliseconds): "timeout after \(Self.seconds(milliseconds))"
        case .tooSlow(let rate, let seconds): "slower than \(rate) bytes/s for \(seconds) s"
        case .status(let status, _): "HTTP status \(status)"
        case .redirect(let status): "HTTP status \(status): redirects are never followed"
        case .unaskedNotModified: "HTTP status 304 to a request that did not ask for it"
        case .headersTooLarge(let limit): "more than \(limit) bytes of headers"
        case .tooLarge(let limit): "more than \(limit) bytes"
        case .contentEncoding(let name): "Content-Encoding \(name) is not allowed"
        case .truncated(let detail): "the body ended early (\(detail))"
        case .protocolError(let detail): "the answer is not HTTP (\(detail))"
        case .mirrorMissing(let path): "\(path) is not in the mirror"
        case .mirrorSymlink(let path): "\(path) is a symbolic link, which a mirror may not hold"
        case .mirrorNotRegular(let path): "\(path) is not a regular file"
        case .mirrorRead(let path, let errno): "\(path) could not be read (errno \(errno))"
        case .mirrorTime(let path): "\(path) holds no RFC 3339 time"
        case .stopped: "stopped before it ended"
        case .library(let detail): "libcurl refused to work (\(detail))"
        }
    }

    private static func seconds(_ milliseconds: Int) -> String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
