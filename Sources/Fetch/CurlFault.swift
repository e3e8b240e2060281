import CLibcurl

/// libcurl's result code and what its handle knows, translated into our failure.
struct CurlFault {
    let code: CURLcode
    let handle: EasyHandle
    let limit: Int
    let settings: FetchSettings

    var failure: FetchFailure {
        let text = handle.errorText(code)
        return switch code {
        case CURLE_COULDNT_RESOLVE_HOST: .dns(text)
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy(text)
        case CURLE_COULDNT_CONNECT: .connect(text)
        case CURLE_OPERATION_TIMEDOUT: outOfTime
        case CURLE_PEER_FAILED_VERIFICATION where isExpiredAlert(text):
            .tlsClientCertificate("the server calls it expired")
        case CURLE_PEER_FAILED_VERIFICATION: .tlsVerify(verify: verifyCode, text)
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH: .tlsPin
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CLIENTCERT: .tlsClientCertificate(text)
        case CURLE_SSL_CACERT_BADFILE: .tlsAuthorityFile(text)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR: .tls(text)
        case CURLE_FILESIZE_EXCEEDED: .tooLarge(limit: limit)
        case CURLE_PARTIAL_FILE: .truncated(text)
        case CURLE_BAD_CONTENT_ENCODING: .contentEncoding(text)
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR: .connectionLost(text)
        case CURLE_RECV_ERROR: hasAnswer ? .truncated(text) : .connectionLost(text)
        // Only a write callback that gave no reason of its own comes here: an error page past its bound.
        case CURLE_WRITE_ERROR where handle.number(CURLINFO_RESPONSE_CODE) != 200: statusFailure
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT: .library(text)
        default: .protocolError(text)
        }
    }

    private var hasAnswer: Bool { handle.number(CURLINFO_RESPONSE_CODE) == 200 }

    private var statusFailure: FetchFailure {
        let status = handle.number(CURLINFO_RESPONSE_CODE)
        return (300..<400).contains(status) ? .redirect(status) : .status(status, retryAfter: nil)
    }

    /// libcurl leaves the verify result at 0 (or 1) when the chain is good and only the name is not.
    private var verifyCode: Int {
        let verify = handle.number(CURLINFO_SSL_VERIFYRESULT)
        return verify > 1 ? verify : 62
    }

    /// libcurl takes the server's alert that our certificate has expired for a verdict on the server's own; only the words
    /// differ, and that OpenSSL found nothing wrong with the chain.
    private func isExpiredAlert(_ text: String) -> Bool {
        text.hasPrefix("SSL certificate verification failed") && handle.number(CURLINFO_SSL_VERIFYRESULT) <= 1
    }

    /// libcurl has one code for three clocks; the time passed tells them apart.
    private var outOfTime: FetchFailure {
        let total = handle.microseconds(CURLINFO_TOTAL_TIME_T) / 1000
        if total + 50 >= settings.timeoutMilliseconds { return .timeout(milliseconds: settings.timeoutMilliseconds) }
        if handle.microseconds(CURLINFO_PRETRANSFER_TIME_T) == 0 {
            return .connectTimeout(milliseconds: settings.connectTimeoutMilliseconds)
        }
        return .tooSlow(bytesPerSecond: settings.slowBytesPerSecond, seconds: settings.slowSeconds)
    }
}
