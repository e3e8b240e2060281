import Glibc
import Operations

/// A Unix socket that is listened at, as long as the value lives; its file is gone afterwards.
///
/// It takes the place of a socket a killed process left, never of anything else, and only its user and group may open it.
final class MetricsListener {
    let descriptor: Int32
    private let path: String
    private let file: (device: dev_t, number: ino_t)

    init(_ path: String) throws(Failure) {
        self.path = path
        var status = stat()
        if unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK {
            throw Self.failure(path, "something that is no socket is there")
        }
        let draft = "\(path).\(getpid())"
        guard let address = UnixAddress(draft) else { throw Self.failure(path, "the path is too long") }
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(AF_UNIX, Int32(kind), 0)
        guard descriptor >= 0 else { throw Self.failure(path, ErrorText.of(errno)) }
        _ = unsafe unlink(draft)
        guard unsafe address.with({ unsafe bind(descriptor, $0, $1) }) == 0, unsafe chmod(draft, 0o660) == 0,
            listen(descriptor, 16) == 0, unsafe lstat(draft, &status) == 0, unsafe rename(draft, path) == 0
        else {
            let number = errno
            close(descriptor)
            _ = unsafe unlink(draft)
            throw Self.failure(path, ErrorText.of(number))
        }
        self.descriptor = descriptor
        file = (status.st_dev, status.st_ino)
    }

    deinit {
        close(descriptor)
        // Another process may have put its own there.
        var status = stat()
        if unsafe lstat(path, &status) == 0, status.st_dev == file.device, status.st_ino == file.number {
            _ = unsafe unlink(path)
        }
    }

    private static func failure(_ path: String, _ what: String) -> Failure {
        let remedy = "check metrics.socket in the configuration, and that its folder belongs to this user"
        return Failure(UserMessage(path, what, remedy: remedy), name: "metrics.socket", .unexpected)
    }
}
