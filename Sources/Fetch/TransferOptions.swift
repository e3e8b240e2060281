import CLibcurl

/// The libcurl options of one request, set from nothing: no environment, no `.netrc`, no cookies, no redirects.
struct TransferOptions {
    let request: FetchRequest
    let url: FetchURL
    let rule: HostRule
    let settings: FetchSettings

    /// Sets everything on a reset handle; the returned lists must live as long as the transfer.
    func apply(to handle: EasyHandle) throws(FetchFailure) -> [CurlList] {
        try handle.reset()
        try setTarget(handle)
        try setBounds(handle)
        try setTrust(handle)
        return try setLists(handle)
    }

    private func setTarget(_ handle: EasyHandle) throws(FetchFailure) {
        let schemes = url.scheme.rawValue
        try handle.set(CURLOPT_URL, url.text)
        try handle.set(CURLOPT_PROTOCOLS_STR, schemes)
        try handle.set(CURLOPT_REDIR_PROTOCOLS_STR, schemes)
        try handle.set(CURLOPT_FOLLOWLOCATION, 0)
        try handle.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        try handle.set(CURLOPT_PATH_AS_IS, 1)
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try handle.set(CURLOPT_HTTP09_ALLOWED, 0)
        try handle.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try handle.set(CURLOPT_USERAGENT, settings.userAgent)
        // Set even when empty: an unset proxy is looked up in the environment.
        try handle.set(CURLOPT_PROXY, settings.proxy)
        try handle.set(CURLOPT_NOPROXY, "")
        try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // Decoded bodies are counted as they come (TransferCallbacks); other codings are refused at their header.
        try handle.set(CURLOPT_ACCEPT_ENCODING, "gzip")
    }

    private func setBounds(_ handle: EasyHandle) throws(FetchFailure) {
        try handle.set(CURLOPT_NOSIGNAL, 1)
        try handle.set(CURLOPT_NOPROGRESS, 1)
        // Do not wait for a resolver thread that hangs: a stop takes effect at once.
        try handle.set(CURLOPT_QUICK_EXIT, 1)
        try handle.set(CURLOPT_TIMEOUT_MS, settings.timeoutMilliseconds)
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeoutMilliseconds)
        try handle.set(CURLOPT_LOW_SPEED_LIMIT, settings.slowBytesPerSecond)
        try handle.set(CURLOPT_LOW_SPEED_TIME, settings.slowSeconds)
        try handle.set(CURLOPT_MAXFILESIZE_LARGE, offset: settings.byteLimit(of: request.class))
    }

    private func setTrust(_ handle: EasyHandle) throws(FetchFailure) {
        try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = rule.authorityFile {
            try handle.set(CURLOPT_CAINFO, file)
            // Debian's libcurl also trusts /etc/ssl/certs by its built-in CAPATH: without this line, so would we.
            try handle.set(CURLOPT_CAPATH, nil as String?)
        }
        if let file = rule.clientCertificateFile {
            try handle.set(CURLOPT_SSLCERT, file)
            try handle.set(CURLOPT_SSLKEY, rule.clientKeyFile ?? file)
        }
        if !rule.pins.isEmpty {
            try handle.set(CURLOPT_PINNEDPUBLICKEY, rule.pins.map { "sha256//\($0)" }.joined(separator: ";"))
        }
    }

    private func setLists(_ handle: EasyHandle) throws(FetchFailure) -> [CurlList] {
        var lines: [String] = []
        switch request.class {
        case .keySet: lines.append("Accept: application/json, application/jwk-set+json, */*;q=0.1")
        case .revocationList: lines.append("Accept: application/pkix-crl, */*;q=0.1")
        }
        if let etag = request.etag { lines.append("If-None-Match: \(try Self.checked(etag))") }
        if let date = request.lastModified { lines.append("If-Modified-Since: \(try Self.checked(date))") }
        let headers = CurlList(lines)
        try handle.set(CURLOPT_HTTPHEADER, headers)

        guard !rule.addresses.isEmpty else { return [headers] }
        let addresses = CurlList(["\(url.host):\(url.port):\(rule.addresses.joined(separator: ","))"])
        try handle.set(CURLOPT_RESOLVE, addresses)
        return [headers, addresses]
    }

    /// A validator comes back from a database; what could split a header never leaves.
    private static func checked(_ value: String) throws(FetchFailure) -> String {
        guard value.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { throw .url("has a damaged validator") }
        return value
    }
}
