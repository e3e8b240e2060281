import Glibc

/// Sockets and waiting, as the simulated key store needs them.
enum ServerSockets {
    /// A socket that listens on 127.0.0.1, and the port the system chose.
    static func listen() throws(SimulatorError) -> (socket: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw .system(call: "socket", errno: errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(listener, generic, length) == 0 && Glibc.listen(listener, 64) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isBound else {
            let fault = errno
            close(listener)
            throw .system(call: "bind", errno: fault)
        }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// The next connection, its small segments sent at once; nil when there is none after all.
    static func accept(_ listener: Int32) -> Int32? {
        let client = Glibc.accept(listener, nil, nil)
        guard client >= 0 else { return nil }
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, size)
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        return client
    }

    /// Waits until `socket` is ready for `events`; false when `stop` hung up or the time is over.
    static func wait(_ socket: Int32, _ events: Int32, stop: Int32, milliseconds: Int32 = -1) -> Bool {
        var list = [
            pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: Int16(events), revents: 0),
        ]
        while true {
            let count = unsafe poll(&list, 2, milliseconds)
            if count < 0 && errno == EINTR { continue }
            return count > 0 && list[0].revents == 0
        }
    }

    /// Sends all of `bytes` without ever raising a signal; false when the peer left or the server stops.
    static func send(_ bytes: [UInt8], to socket: Int32, stop: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            guard wait(socket, POLLOUT, stop: stop) else { return false }
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
                return unsafe Glibc.send(socket, buffer.baseAddress?.advanced(by: done), buffer.count - done, flags)
            }
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// Waits for bytes and returns them; nil at the end, on an error, or when the server stops.
    static func receive(_ socket: Int32, stop: Int32) -> [UInt8]? {
        guard wait(socket, POLLIN, stop: stop) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = unsafe recv(socket, &bytes, bytes.count, 0)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }
}
