import Glibc
import Operations

/// Tells systemd how the service is doing (sd_notify), where it asked to be told.
struct ServiceManager: Sendable {
    private let path: String?
    /// Within how many milliseconds systemd wants to hear that the work goes on, where it watches.
    let watchdogMilliseconds: Int64?

    init() {
        path = Environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        watchdogMilliseconds = Environment["WATCHDOG_USEC"].flatMap { Int64($0) }.map { max(4, $0 / 1000) }
    }

    func ready(_ status: String) { send("READY=1\nSTATUS=\(Self.line(status))") }

    func status(_ status: String) { send("STATUS=\(Self.line(status))") }

    /// The configuration is read again; a unit of the type notify-reload wants the time too.
    func reloading(_ clock: Clock) { send("RELOADING=1\nMONOTONIC_USEC=\(clock.monotonicMilliseconds() * 1000)") }

    /// The end begins, and may take some milliseconds.
    func stopping(within milliseconds: Int64) {
        send("STOPPING=1\nSTATUS=finishing what is in flight\nEXTEND_TIMEOUT_USEC=\((milliseconds + 10_000) * 1000)")
    }

    /// The start goes on, and may take some milliseconds from now.
    func starting(_ status: String, within milliseconds: Int64) {
        send("STATUS=\(Self.line(status))\nEXTEND_TIMEOUT_USEC=\(milliseconds * 1000)")
    }

    /// The work advances.
    func alive() { send("WATCHDOG=1") }

    /// One line: a line feed would begin another message.
    private static func line(_ text: String) -> String { text.split(separator: "\n").joined(separator: " ") }

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
