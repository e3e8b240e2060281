import Glibc
import Operations

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
        guard let path, let address = UnixAddress(path) else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let message = Array(text.utf8)
        _ = unsafe address.with { unsafe sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0, $1) }
    }
}
