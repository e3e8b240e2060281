import Glibc

/// The journal's own socket, where an entry is one datagram.
package final class JournalSocket: Sendable {
    /// Where systemd-journald listens.
    package static let path = "/run/systemd/journal/socket"

    private let descriptor: Int32

    /// Connects; nil where nobody listens.
    package init?(path: String = JournalSocket.path) {
        guard let address = UnixAddress(path) else { return nil }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        guard unsafe address.with({ unsafe connect(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Sends an entry; false where it was not taken, such as when the journal restarts.
    func send(_ entry: [UInt8]) -> Bool {
        while true {
            if unsafe Glibc.send(descriptor, entry, entry.count, Int32(MSG_NOSIGNAL)) == entry.count { return true }
            guard errno == EINTR else { return false }
        }
    }
}
