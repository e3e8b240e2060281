package import Glibc

/// The address of a Unix socket.
package struct UnixAddress {
    private var address = sockaddr_un()
    private let length: socklen_t

    /// The socket at a path, nil where that is too long; a leading `@` stands for an abstract name.
    package init?(_ path: String) {
        // An abstract name begins with a zero byte, which a variable writes as @.
        let name = path.utf8.enumerated().map { $0.offset == 0 && $0.element == UInt8(ascii: "@") ? 0 : $0.element }
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = unsafe withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            guard !name.isEmpty, name.count < bytes.count else { return false }
            unsafe bytes.copyBytes(from: name)
            return true
        }
        guard fits else { return nil }
        length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    }

    /// Lends the address to a call of the system.
    package func with<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
        }
    }
}
