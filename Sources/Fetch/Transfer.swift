import CLibcurl

/// One slot of the fetcher: an easy handle and what its running transfer has received.
///
/// libcurl holds an unretained pointer to it while a transfer runs; the fetcher's slot table keeps it alive.
final class Transfer {
    let handle: EasyHandle
    private(set) var index = 0
    private(set) var host = ""
    /// Set by a callback that ended the transfer itself; it outranks whatever code libcurl reports.
    var abort: FetchFailure?
    /// The last address that was not let through; it explains a connection that was never made.
    var refusedAddress: String?
    var reader = HeaderReader()
    var body: [UInt8] = []
    /// Bytes of an unwanted body (any status but 200), counted and dropped.
    var ignoredByteCount = 0
    private(set) var byteLimit = 0
    private(set) var headerByteLimit = 0
    /// nil when a proxy does the connecting.
    private(set) var reach: HostRule.Reach?

    private var request = FetchRequest(url: "", class: .keySet)
    private var lists: [CurlList] = []

    init() throws(FetchFailure) {
        handle = try EasyHandle()
    }

    /// Prepares the handle for one request that has passed the allow-list.
    func prepare(
        _ request: FetchRequest,
        index: Int,
        url: FetchURL,
        rule: HostRule,
        settings: FetchSettings
    ) throws(FetchFailure) {
        self.request = request
        self.index = index
        host = url.host
        abort = nil
        refusedAddress = nil
        ignoredByteCount = 0
        reader = HeaderReader()
        body = []
        byteLimit = settings.byteLimit(of: request.class)
        headerByteLimit = settings.headerByteLimit
        reach = settings.proxy.isEmpty ? rule.reach : nil
        lists = try TransferOptions(request: request, url: url, rule: rule, settings: settings).apply(to: handle)
        try TransferCallbacks.install(on: self)
    }

    /// Whether the body arriving is wanted: only a 200's is; another status' few bytes pass by unkept.
    var isWanted: Bool { handle.number(CURLINFO_RESPONSE_CODE) == 200 }

    /// The answer as a value, once libcurl reports the transfer done.
    func outcome(of code: CURLcode, settings: FetchSettings) -> Result<FetchResponse, FetchFailure> {
        defer {
            body = []
            lists = []
        }
        let status = handle.number(CURLINFO_RESPONSE_CODE)
        if let abort { return .failure(abort) }
        if code == CURLE_COULDNT_CONNECT, let refusedAddress { return .failure(.privateAddress(refusedAddress)) }
        guard code == CURLE_OK else {
            return .failure(CurlFault(code: code, handle: handle, limit: byteLimit, settings: settings).failure)
        }
        let peer = PeerInfo(address: handle.text(CURLINFO_PRIMARY_IP), port: handle.number(CURLINFO_PRIMARY_PORT))
        switch status {
        case 200: return .success(.body(body, reader.headers, peer))
        case 304 where request.isConditional: return .success(.notModified(reader.headers, peer))
        case 304: return .failure(.unaskedNotModified)
        case 300..<400: return .failure(.redirect(status))
        default: return .failure(.status(status, retryAfter: reader.headers.retryAfter))
        }
    }
}
