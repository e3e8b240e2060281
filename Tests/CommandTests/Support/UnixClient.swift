import Glibc

/// A connection to a Unix socket.
final class UnixClient {
    private let descriptor: Int32

    /// Connects, and waits for answers two minutes at most.
    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let fault = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard fault == 0 else { throw Running.Trouble(what: "\(path) cannot be connected to (\(errno))") }
    }

    deinit { close(descriptor) }

    /// Sends text; what the other side does not take is lost.
    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Everything until the other side closes.
    func receive() -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { all += buffer.prefix(count) }
        return String(decoding: all, as: UTF8.self)
    }

    /// The answer to a request.
    ///
    /// No answer at all is that of a server that waited for the request no longer, where this machine took seconds to send
    /// it: then once more.
    static func ask(_ path: String, _ request: String) throws -> String {
        for _ in 0..<20 {
            let client = try UnixClient(path)
            client.send(request)
            let answer = client.receive()
            if !answer.isEmpty { return answer }
        }
        return ""
    }
}
