import Glibc

/// The system's words for an error number.
package enum ErrorText {
    /// `no such file or directory (ENOENT)`: the system's words, in lower case, and the name people search for.
    package static func of(_ number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        let words = unsafe buffer.withUnsafeMutableBufferPointer { buffer -> String in
            guard let base = buffer.baseAddress, unsafe strerror_r(number, base, buffer.count) == 0 else {
                return "error"
            }
            return unsafe String(cString: base)
        }
        let name = names[number] ?? "errno \(number)"
        return "\(words.prefix(1).lowercased())\(words.dropFirst()) (\(name))"
    }

    /// Whether the error passes by itself or by making room: disk full, read-only or unwritable folder, busy.
    package static func isTemporary(_ number: Int32) -> Bool {
        [EACCES, EAGAIN, EBUSY, EDQUOT, EIO, EMFILE, ENFILE, ENOMEM, ENOSPC, EROFS].contains(number)
    }

    private static let names: [Int32: String] = [
        EACCES: "EACCES", EAGAIN: "EAGAIN", EBUSY: "EBUSY", EDQUOT: "EDQUOT", EEXIST: "EEXIST", EFBIG: "EFBIG",
        EINTR: "EINTR",
        EINVAL: "EINVAL", EIO: "EIO", EISDIR: "EISDIR", ELOOP: "ELOOP", EMFILE: "EMFILE", ENAMETOOLONG: "ENAMETOOLONG",
        ENFILE: "ENFILE", ENODEV: "ENODEV", ENOENT: "ENOENT", ENOMEM: "ENOMEM", ENOSPC: "ENOSPC", ENOSYS: "ENOSYS",
        ENOTDIR: "ENOTDIR", ENOTEMPTY: "ENOTEMPTY", EPERM: "EPERM", EPIPE: "EPIPE", EROFS: "EROFS",
        ETIMEDOUT: "ETIMEDOUT",
        ETXTBSY: "ETXTBSY", EXDEV: "EXDEV",
    ]
}
