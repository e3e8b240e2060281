import Glibc
import KeyCache

/// Keeps a second refresh of the same cache out while one runs.
///
/// An advisory lock on `<cache>.refresh.lock`, held as long as the value lives; the system lets go of it when the
/// process dies, however it dies.
package struct RefreshLock: ~Copyable {
    /// Why there is no lock.
    package enum Fault: Error, Equatable, Sendable {
        /// Another process refreshes; its number, where the file tells.
        case held(by: Int32?)
        case unusable(path: String, errno: Int32)
    }

    private let descriptor: Int32

    /// Takes the lock of the cache at `path`, or says at once who has it.
    package init(cache path: String) throws(Fault) {
        let file = "\(path).refresh.lock"
        let descriptor = try Self.open(file)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let fault = errno
            let holder = Self.number(in: descriptor)
            close(descriptor)
            throw fault == EWOULDBLOCK ? .held(by: holder) : .unusable(path: file, errno: fault)
        }
        self.descriptor = descriptor
        Self.write(getpid(), to: descriptor)
    }

    /// A program that is being started shares the lock until it runs: closing alone would leave it there for that moment.
    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Opens the file; a new one gets the rights of the cache, so that who fetches may change from one user to another.
    private static func open(_ file: String) throws(Fault) -> Int32 {
        let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW
        let made = unsafe Glibc.open(file, flags | O_CREAT | O_EXCL, 0o600)
        if made >= 0 { fchmod(made, SharedFile.mode(at: file)) }
        let descriptor = made >= 0 || errno != EEXIST ? made : unsafe Glibc.open(file, flags)
        guard descriptor >= 0 else { throw .unusable(path: file, errno: errno) }
        return descriptor
    }

    /// The number is for people; a failure to write it costs nothing but the hint.
    private static func write(_ number: pid_t, to descriptor: Int32) {
        ftruncate(descriptor, 0)
        let text = Array("\(number)\n".utf8)
        _ = unsafe pwrite(descriptor, text, text.count, 0)
    }

    private static func number(in descriptor: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = unsafe pread(descriptor, &text, text.count, 0)
        guard count > 1 else { return nil }
        return Int32(String(decoding: text.prefix(count - 1), as: UTF8.self))
    }
}
