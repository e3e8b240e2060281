import Encoding
import Glibc
import Operations

/// Writes a file an operator asked for: whole or not at all, in place of one that was there.
enum FileExport {
    static func write(_ bytes: ByteSlice, to path: String) throws(Failure) {
        let draft = "\(path).\(getpid()).tmp"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer {
            close(descriptor)
            _ = unsafe unlink(draft)
        }
        var done = 0
        while done < bytes.count {
            let rest = bytes[done..<bytes.count]
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(path, errno) }
            done += count
        }
        guard fsync(descriptor) == 0, unsafe rename(draft, path) == 0 else { throw failure(path, errno) }
    }

    private static func failure(_ path: String, _ number: Int32) -> Failure {
        Failure(
            UserMessage(path, "cannot be written: \(ErrorText.of(number))", remedy: "name another place"),
            name: "export",
            ExitCode.ofSystemError(number)
        )
    }
}
