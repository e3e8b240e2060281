import CLibcurl

/// One libcurl easy handle: typed option setting, results, and the error text.
///
/// Reused from transfer to transfer; `reset` keeps connections, names and TLS sessions.
@safe final class EasyHandle {
    let raw: UnsafeMutableRawPointer
    private let message: UnsafeMutableBufferPointer<CChar>

    init() throws(FetchFailure) {
        guard CurlLibrary.isReady, let raw = unsafe curl_easy_init() else { throw .library("no handle") }
        unsafe self.raw = raw
        unsafe message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe message.initialize(repeating: 0)
    }

    deinit {
        unsafe curl_easy_cleanup(raw)
        unsafe message.deallocate()
    }

    /// Takes every option back and sets the error buffer again.
    func reset() throws(FetchFailure) {
        unsafe curl_easy_reset(raw)
        unsafe message.update(repeating: 0)
        try check(
            unsafe counterfoil_curl_set_pointer(raw, CURLOPT_ERRORBUFFER, message.baseAddress),
            CURLOPT_ERRORBUFFER
        )
    }

    func set(_ option: CURLoption, _ value: Int) throws(FetchFailure) {
        try check(unsafe counterfoil_curl_set_long(raw, option, value), option)
    }

    func set(_ option: CURLoption, offset value: Int) throws(FetchFailure) {
        try check(unsafe counterfoil_curl_set_offset(raw, option, curl_off_t(value)), option)
    }

    /// nil takes the option back, also where libcurl was built with a default.
    func set(_ option: CURLoption, _ value: String?) throws(FetchFailure) {
        try check(unsafe counterfoil_curl_set_text(raw, option, value), option)
    }

    func set(_ option: CURLoption, _ list: CurlList?) throws(FetchFailure) {
        try check(unsafe counterfoil_curl_set_pointer(raw, option, list?.head), option)
    }

    @unsafe func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) throws(FetchFailure) {
        try check(unsafe counterfoil_curl_set_pointer(raw, option, pointer), option)
    }

    func set(_ option: CURLoption, _ callback: counterfoil_curl_bytes) throws(FetchFailure) {
        try check(unsafe counterfoil_curl_set_bytes_callback(raw, option, callback), option)
    }

    func setSocketOpening(_ callback: counterfoil_curl_socket) throws(FetchFailure) {
        try check(unsafe counterfoil_curl_set_socket_callback(raw, callback), CURLOPT_OPENSOCKETFUNCTION)
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return unsafe counterfoil_curl_get_long(raw, info, &value) == CURLE_OK ? value : 0
    }

    /// Times are microseconds.
    func microseconds(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return unsafe counterfoil_curl_get_offset(raw, info, &value) == CURLE_OK ? Int(value) : 0
    }

    func text(_ info: CURLINFO) -> String {
        var value: UnsafePointer<CChar>?
        guard unsafe counterfoil_curl_get_text(raw, info, &value) == CURLE_OK, let value = unsafe value else {
            return ""
        }
        return unsafe String(cString: value)
    }

    /// What libcurl says went wrong: its detailed text where there is one, else the code's own.
    func errorText(_ code: CURLcode) -> String {
        guard let start = unsafe message.baseAddress else { return "" }
        let detail = unsafe String(cString: start)
        return detail.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : detail
    }

    private func check(_ code: CURLcode, _ option: CURLoption) throws(FetchFailure) {
        guard code == CURLE_OK else {
            throw .library("option \(option.rawValue): \(unsafe String(cString: curl_easy_strerror(code)))")
        }
    }
}
