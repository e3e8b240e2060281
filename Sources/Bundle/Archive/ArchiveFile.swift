import Crypto
import Encoding
import Glibc

/// A bundle's file, open and read by position.
///
/// Belongs to one thread. What was checked can change while it is open: whoever reads bytes compares their digest.
final class ArchiveFile {
    let path: String
    let size: Int64
    private let descriptor: Int32
    private let chunk = ByteBuffer(capacity: chunkSize)

    private static let chunkSize = 64 << 10

    /// Opens a plain file within the limit; a link, a pipe or a device is refused without waiting for it.
    init(path: String) throws(BundleFault) {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.fault(errno, "cannot be opened") }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let number = errno
            close(descriptor)
            throw Self.fault(number, "cannot be looked at")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw BundleFault(.archive, "the bundle is no plain file")
        }
        self.path = path
        self.descriptor = descriptor
        size = Int64(status.st_size)
        guard size <= BundleLimits.fileBytes else {
            throw BundleFault(.tooLarge, "the file has \(size) bytes, allowed are \(BundleLimits.fileBytes)")
        }
    }

    deinit { close(descriptor) }

    /// The bytes at a place, which must lie in the file.
    func bytes(_ place: ArchivePlace) throws(BundleFault) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(place.count)
        try pieces(place) { piece in unsafe piece.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The digest of the bytes at a place.
    func digest(_ place: ArchivePlace) throws(BundleFault) -> SHA256Digest {
        let stream = SHA256Stream()
        try pieces(place) { stream.update($0) }
        return stream.finish()
    }

    /// Calls `body` with the bytes at a place, piece by piece.
    func pieces(_ place: ArchivePlace, _ body: (ByteSlice) -> Void) throws(BundleFault) {
        var done = 0
        while done < place.count {
            chunk.removeAll()
            let want = min(Self.chunkSize, place.count - done)
            let start = off_t(place.offset) + off_t(done)
            var number: Int32 = 0
            unsafe chunk.appendUnsafe(want) { (room: UnsafeMutableRawBufferPointer) in
                let count = unsafe pread(descriptor, room.baseAddress, want, start)
                if count < 0 { number = errno }
                return max(0, count)
            }
            if number == EINTR { continue }
            guard number == 0 else { throw Self.fault(number, "cannot be read") }
            guard chunk.count > 0 else { throw BundleFault(.truncated, "the file became shorter while it was read") }
            body(chunk.all)
            done += chunk.count
        }
    }

    private static func fault(_ number: Int32, _ what: String) -> BundleFault {
        guard number != ENOENT else { return BundleFault(.notFound, "there is no such file") }
        let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return BundleFault(.unreadable, "the bundle \(what): \(reason)")
    }
}
