import Glibc

/// Tells systemd how the service is doing (sd_notify), where it asked to be told.
struct ServiceManager: Sendable {
    private let path: String?
    /// How often systemd wants to hear from us, in seconds, where it watches.
    let watchdogSeconds: Int?

    init() {
        path = Environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        watchdogSeconds = Environment["WATCHDOG_USEC"].flatMap { Int($0) }.map { max(1, $0 / 2_000_000) }
    }

    func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }

    func status(_ status: String) { send("STATUS=\(status)") }

    func reloading() { send("RELOADING=1") }

    func stopping() { send("STOPPING=1") }

    /// The work advances.
    func alive() { send("WATCHDOG=1") }

    /// A message that cannot be delivered is lost: there is nobody else to tell.
    private func send(_ text: String) {
        guard let path else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // An abstract name begins with a zero byte, which its variable writes as @.
        let name = path.utf8.enumerated().map { $0.offset == 0 && $0.element == UInt8(ascii: "@") ? 0 : $0.element }
        let fits = unsafe withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            guard name.count < bytes.count else { return false }
            unsafe bytes.copyBytes(from: name)
            return true
        }
        guard fits else { return }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let message = Array(text.utf8)
        _ = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}
