import CLinux
import Encoding
import Glibc

/// The lock that makes this process the owner of a spool, held from `take` until the value goes out of use.
///
/// The lock is `flock`: the kernel frees it however the process ends, so no stale lock can exist, and scripts can ask
/// with `flock -n`. Beside it hangs an open-file-description lock, which `isHeld` can see without taking anything, so
/// that a status query never stands in the way of an owner that starts at the same moment.
struct SpoolLock: ~Copyable {
    private let file: Descriptor

    /// Both locks belong to the open file, which a program that is being started shares until it runs: closing alone would
    /// leave them with it for that moment.
    deinit {
        flock(file.number, LOCK_UN)
        var none = Self.wholeFile(F_UNLCK)
        _ = unsafe fcntl(file.number, Int32(counterfoil_ofd_setlk), &none)
    }

    /// Takes the spool, or says who has it.
    ///
    /// The descriptor that is kept is for reading, so that an owner does not keep a disk from being made read-only.
    static func take(in root: Folder, at now: UnixTime) throws(SpoolError) -> SpoolLock {
        let name = SpoolLayout.lock
        _ = try root.newFile(name, mode: 0o640)
        let file = try root.file(name)
        let status = try file.status()
        guard status.kind == .regular, status.owner == geteuid(), status.mode & 0o022 == 0 else {
            throw .insecure(path: file.path, what: "is not a file of ours that only we can write")
        }
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .of(errno, .lock, file.path) }
            throw .locked(pid: try owner(in: root)?.process)
        }
        let text = try root.file(name, O_WRONLY)
        try text.truncate(to: 0)
        try text.write(ByteSlice(SpoolOwner(process: getpid(), boot: bootID(), since: now).text))
        var sign = wholeFile(F_RDLCK)
        guard unsafe fcntl(file.number, Int32(counterfoil_ofd_setlk), &sign) == 0 else {
            throw .of(errno, .lock, file.path)
        }
        return SpoolLock(file: file)
    }

    /// Who wrote itself into the lock file last, alive or not.
    static func owner(in root: Folder) throws(SpoolError) -> SpoolOwner? {
        guard try root.status(SpoolLayout.lock)?.kind == .regular else { return nil }
        return SpoolOwner(try root.file(SpoolLayout.lock).head(256))
    }

    /// Whether a living process owns the spool.
    static func isHeld(in root: Folder) throws(SpoolError) -> Bool {
        guard try root.status(SpoolLayout.lock)?.kind == .regular else { return false }
        let file = try root.file(SpoolLayout.lock)
        // Asks whether a write lock could be had: any sign stands against it. Nothing is taken.
        var sign = wholeFile(F_WRLCK)
        guard unsafe fcntl(file.number, Int32(counterfoil_ofd_getlk), &sign) == 0 else {
            throw .of(errno, .lock, file.path)
        }
        return Int32(sign.l_type) != F_UNLCK
    }

    private static func wholeFile(_ type: Int32) -> Glibc.flock {
        Glibc.flock(l_type: Int16(type), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    }

    /// The id of this boot; "unknown" where /proc hides it, which costs nothing but a word in a message.
    private static func bootID() -> String {
        do throws(SpoolError) {
            let bytes = try Descriptor.open("/proc/sys/kernel/random/boot_id", O_RDONLY, .open).head(64)
            let text = String(decoding: bytes, as: UTF8.self).filter { $0.isHexDigit || $0 == "-" }
            return text.isEmpty ? "unknown" : text
        } catch {
            return "unknown"
        }
    }
}
