import Glibc

/// Standard error, written whole: one call per text where the system allows it.
package enum StandardError {
    /// Writes `text` as it is; what cannot be written is lost, since there is nowhere left to say so.
    package static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
