import CLibcrypto

/// OpenSSL's error queue of the calling thread, emptied after every failure so that none is blamed on a later call.
enum ErrorQueue {
    /// Empties the queue.
    static func drain() {
        ERR_clear_error()
    }

    /// Returns the newest reason in words and empties the queue.
    static func takeReason() -> String {
        defer { drain() }
        let code = ERR_peek_last_error()
        guard code != 0, let text = unsafe ERR_reason_error_string(code) else { return "no reason given" }
        return unsafe String(cString: text)
    }

    /// Returns a `CryptoError` for `operation` with the newest reason, and empties the queue.
    static func failure(of operation: String) -> CryptoError {
        .library(operation: operation, reason: takeReason())
    }
}
