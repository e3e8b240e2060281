import Crypto
import Encoding
import Glibc

/// Writes a bundle's file: under a name of its own until it is complete and on disk, then under the one asked for.
///
/// Members must come in the order of their paths. Belongs to one thread.
final class ArchiveWriter {
    private let path: String
    private let part: String
    private let descriptor: Int32
    private let digest = SHA256Stream()
    private let pending = ByteBuffer(capacity: 1 << 20)
    private var last = ""
    private(set) var byteCount: Int64 = 0

    private static let flushSize = 512 << 10

    /// Begins a file; a name that is taken is refused, none is replaced.
    init(path: String) throws(BundleFault) {
        self.path = path
        part = "\(path).part"
        guard unsafe access(path, F_OK) != 0 else { throw BundleFault(.misuse, "\(path) is there already") }
        // What an export that was killed left behind is ours to replace.
        unsafe unlink(part)
        descriptor = unsafe open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw Self.fault(part, errno) }
    }

    deinit { close(descriptor) }

    /// Adds a member.
    func add(_ name: MemberName, _ bytes: ByteSlice) throws(BundleFault) {
        precondition(name.path > last, "members out of order")
        last = name.path
        guard bytes.count <= name.byteLimit else {
            throw BundleFault(.tooLarge, "\(name.path) has \(bytes.count) bytes, allowed are \(name.byteLimit)")
        }
        try write(ByteSlice(TarHeader(folder: name.folder, name: name.file, size: bytes.count).bytes))
        try write(bytes)
        try pad(bytes.count)
    }

    /// Adds a member of known size, piece by piece.
    func add(
        _ name: MemberName,
        count: Int,
        _ pieces: ((ByteSlice) throws(BundleFault) -> Void) throws(BundleFault) -> Void
    ) throws(BundleFault) {
        precondition(name.path > last, "members out of order")
        last = name.path
        try write(ByteSlice(TarHeader(folder: name.folder, name: name.file, size: count).bytes))
        var written = 0
        try pieces { (piece) throws(BundleFault) in
            written += piece.count
            try write(piece)
        }
        precondition(written == count, "a member of another size than was said")
        try pad(count)
    }

    /// Ends the file and makes it durable under its part name; returns the digest of all of it.
    func finish() throws(BundleFault) -> SHA256Digest {
        try write(ByteSlice([UInt8](repeating: 0, count: 2 * TarHeader.blockSize)))
        try flush()
        guard byteCount <= BundleLimits.fileBytes else {
            throw BundleFault(.tooLarge, "the bundle has \(byteCount) bytes, allowed are \(BundleLimits.fileBytes)")
        }
        guard fsync(descriptor) == 0 else { throw Self.fault(part, errno) }
        return digest.finish()
    }

    /// The name the file has until it is published.
    var unpublished: String { part }

    /// Gives the file the name asked for.
    func publish() throws(BundleFault) {
        guard unsafe link(part, path) == 0 else { throw Self.fault(path, errno) }
        unsafe unlink(part)
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let number = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw Self.fault(folder, errno) }
        defer { close(number) }
        guard fsync(number) == 0 else { throw Self.fault(folder, errno) }
    }

    /// Takes the unfinished file away.
    func abandon() { unsafe unlink(part) }

    private func pad(_ count: Int) throws(BundleFault) {
        try write(ByteSlice([UInt8](repeating: 0, count: TarHeader.padded(count) - count)))
    }

    private func write(_ bytes: ByteSlice) throws(BundleFault) {
        pending.append(bytes)
        if pending.count >= Self.flushSize { try flush() }
    }

    private func flush() throws(BundleFault) {
        digest.update(pending.all)
        var done = 0
        while done < pending.count {
            let rest = pending[done..<pending.count]
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.fault(part, count < 0 ? errno : EIO) }
            done += count
        }
        byteCount += Int64(pending.count)
        pending.removeAll()
    }

    private static func fault(_ path: String, _ number: Int32) -> BundleFault {
        let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return BundleFault(.unreadable, "\(path) cannot be written: \(reason)")
    }
}
