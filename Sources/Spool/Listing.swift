import Glibc

/// A pass over the names in a folder, in no order, a few at a time; it never holds them all.
@safe
final class Listing {
    /// One name as the file system gave it; valid until the next call.
    @unsafe
    struct Entry {
        let name: UnsafePointer<CChar>
        let bytes: UnsafeRawBufferPointer
        /// Whether the file system says the entry is no regular file; where it says nothing, this is false.
        let isSurelySpecial: Bool

        /// The name as text, hostile bytes repaired.
        var text: String { unsafe String(decoding: bytes, as: UTF8.self) }
    }

    private let stream: OpaquePointer
    private let path: String

    /// Begins a pass over `folder`.
    init(_ folder: Folder) throws(SpoolError) {
        let number = unsafe openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .of(errno, .openFolder, folder.path) }
        guard let stream = unsafe fdopendir(number) else {
            let error = errno
            close(number)
            throw .of(error, .list, folder.path)
        }
        unsafe self.stream = stream
        path = folder.path
    }

    deinit { unsafe closedir(stream) }

    /// Begins the pass again.
    func rewind() { unsafe rewinddir(stream) }

    /// Gives the next entry to `body`; nil at the end.
    ///
    /// `.` and `..` are passed over.
    func next<Result>(_ body: (Entry) throws(SpoolError) -> Result) throws(SpoolError) -> Result? {
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw .of(errno, .list, path) }
                return nil
            }
            let name = unsafe UnsafeRawPointer(entry).advanced(by: Self.nameOffset).assumingMemoryBound(to: CChar.self)
            let length = unsafe strlen(name)
            let bytes = unsafe UnsafeRawBufferPointer(start: name, count: length)
            if unsafe length <= 2 && bytes.allSatisfy({ $0 == UInt8(ascii: ".") }) { continue }
            let type = unsafe Int(entry.pointee.d_type)
            let special = type != Int(DT_REG) && type != Int(DT_UNKNOWN)
            return unsafe try body(Entry(name: name, bytes: bytes, isSurelySpecial: special))
        }
    }

    private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
}
