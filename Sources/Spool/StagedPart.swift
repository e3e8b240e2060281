package import Encoding
import Glibc

/// The results of a batch while they grow in staging.
///
/// The size that is committed with the lines is the truth: what lies behind it after a crash is cut off when the part
/// is opened again. One thread uses it; it is not Sendable.
package final class StagedPart {
    /// Its name in staging.
    package let name: String
    /// Bytes written so far.
    package private(set) var size: Int64

    private let file: Descriptor
    private let folder: Folder
    private var isNameDurable: Bool

    init(_ name: String, in folder: Folder, size: Int64) throws(SpoolError) {
        self.name = name
        self.folder = folder
        self.size = size
        if size == 0, let new = try folder.newFile(name, mode: 0o640) {
            file = new
        } else {
            file = try folder.file(name, O_WRONLY)
        }
        isNameDurable = size > 0
        let status = try file.status()
        guard status.kind == .regular, status.names == 1, status.size >= size else { throw .changed(name: name) }
        if status.size != size { try file.truncate(to: size) }
        try file.seek(to: size)
    }

    /// Writes `bytes` behind the rest.
    package func append(_ bytes: ByteSlice) throws(SpoolError) {
        try file.write(bytes)
        size += Int64(bytes.count)
    }

    /// Writes `lines` behind the rest, each with a line end.
    package func append(lines: [ByteSlice]) throws(SpoolError) {
        try file.write(lines: lines)
        for line in lines { size += Int64(line.count) + 1 }
    }

    /// Makes what was written durable: the barrier before a commit.
    ///
    /// After a failure stop, and recover from what is on disk.
    package func synchronize() throws(SpoolError) {
        try file.synchronizeData()
        if !isNameDurable {
            try folder.synchronize()
            isNameDurable = true
        }
    }

    /// Cuts off what lies behind `size`.
    package func truncate(to size: Int64) throws(SpoolError) {
        precondition(size >= 0 && size <= self.size, "a part is only ever cut")
        try file.truncate(to: size)
        try file.seek(to: size)
        self.size = size
    }
}
