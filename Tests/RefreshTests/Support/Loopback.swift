import Glibc
import Testing

/// Sockets on 127.0.0.1.
enum Loopback {
    /// A listening socket, on a port the system chose unless one is given.
    static func listen(
        address: UInt32 = 0x7F00_0001,
        port: Int = 0,
        backlog: Int32 = 64
    ) throws -> (socket: Int32, port: Int) {
        let (listener, port) = try bound(address: address, port: port)
        try #require(Glibc.listen(listener, backlog) == 0)
        return (listener, port)
    }

    /// A socket that has its port and does not listen: whoever connects to it is refused, and nobody else can take it.
    static func bound(address: UInt32 = 0x7F00_0001, port: Int = 0) throws -> (socket: Int32, port: Int) {
        let bound = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        try #require(bound >= 0)
        var address = Self.address(address, port: port)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(bound, $0, length) == 0 && getsockname(bound, $0, &length) == 0
            }
        }
        try #require(isBound)
        return (bound, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A port nobody listens on at the moment.
    static func freePort() throws -> Int {
        let (socket, port) = try listen()
        close(socket)
        return port
    }

    /// Whether somebody accepts connections on `port`.
    static func answers(_ port: Int) -> Bool {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(client) }
        var address = address(0x7F00_0001, port: port)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// A connection that is begun and not waited for.
    static func begin(address: UInt32, port: Int) -> Int32 {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = Self.address(address, port: port)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return client
    }

    /// Resets a connection at once, also where a program that is being started shares its socket.
    static func reset(_ connection: Int32) {
        var nowhere = sockaddr()
        nowhere.sa_family = sa_family_t(AF_UNSPEC)
        _ = connect(connection, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }

    private static func address(_ host: UInt32, port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(host).bigEndian
        return address
    }
}
