import Crypto
import Encoding
import Operations

/// One file of an export while it is written: a buffer's worth of memory, a digest that grows with it.
final class ExportChunk {
    /// How a format begins, divides and ends a file.
    struct Frame {
        var opening = ""
        var separator = "\n"
        var closing = "\n"
    }

    private let name: String
    private let kind: ExportedFile.Kind
    private let frame: Frame
    private let output: OutputFile
    private let buffer = ByteBuffer(capacity: 300 << 10)
    private let digest = SHA256Stream()
    private(set) var records = 0
    private var bytes: Int64 = 0

    /// Bytes gathered before they are written.
    private static let flushSize = 256 << 10

    init(_ folder: ExportFolder, _ name: String, _ kind: ExportedFile.Kind, _ frame: Frame, isSecret: Bool)
        throws(ExportError)
    {
        (self.name, self.kind, self.frame) = (name, kind, frame)
        output = try folder.file(name, isSecret: isSecret)
        buffer.append(frame.opening)
    }

    /// Adds a record that `body` writes.
    func add(_ body: (ByteBuffer) -> Void) throws(ExportError) {
        if records > 0 { buffer.append(frame.separator) }
        body(buffer)
        records += 1
        if buffer.count >= Self.flushSize { try flush() }
    }

    /// Lets the file appear.
    func finish() throws(ExportError) -> ExportedFile {
        buffer.append(frame.closing)
        try flush()
        try ExportFolder.lifting { () throws(OutputFault) in try output.finish() }
        return ExportedFile(name: name, kind: kind, records: records, bytes: bytes, sha256: digest.finish().hex)
    }

    private func flush() throws(ExportError) {
        digest.update(buffer.all)
        bytes += Int64(buffer.count)
        try ExportFolder.lifting { () throws(OutputFault) in try output.append(buffer.all) }
        buffer.removeAll()
    }
}
