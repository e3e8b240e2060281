package import Encoding
import Glibc

/// One input that this process has taken, or that a view shows without taking.
///
/// Safe to read from several threads at the same time, each with a buffer of its own. What was checked when the file
/// was taken is checked again on the open file, because a submitter that kept it open can still change it: only the
/// bytes read here count.
package struct TakenFile: Sendable {
    /// The name in the folder it lies in.
    package let name: String
    /// The stem results are named by.
    package let stem: String
    /// What the name says it is: a single, a record or a batch.
    package let kind: InputName.Kind
    /// Bytes, when it was taken.
    package let size: Int
    /// When it appeared under its name (ctime, which no submitter can set).
    package let arrivedAt: UnixTime
    /// The name of the certificate beside it.
    package let certificate: String?
    /// The name of the manifest beside it.
    package let manifest: String?
    /// How it is known in the deferred folder, when it was taken from there.
    package let deferred: DeferredName?
    private(set) var folder: Folder
    let limits: InputLimits

    /// A folder with inputs, and how they are read.
    struct Place {
        let folder: Folder
        let origin: TakenGroup.Origin
        let limits: InputLimits
    }

    /// The input of this name in a folder; nil when the name is none of an input, or is that of a companion.
    ///
    /// `beside` tells whether a name is in the folder.
    init?(
        found name: String,
        _ status: FileStatus,
        in place: Place,
        beside: (String) throws(SpoolError) -> Bool
    ) throws(SpoolError) {
        let companion: String?
        switch place.origin {
        case .incoming:
            guard case .input(let input) = InputName.classify(name), input.kind != .certificate, input.kind != .manifest
            else { return nil }
            (stem, kind, companion, deferred) = (input.stem, input.kind, input.companion, nil)
        case .deferred:
            guard let waiting = DeferredName(name) else { return nil }
            (stem, kind, deferred) = (waiting.stem, waiting.kind, waiting)
            companion = waiting.companion
        }
        let hasCompanion = try companion.map(beside) ?? false
        self.name = name
        size = Int(status.size)
        arrivedAt = status.changedAt
        certificate = hasCompanion && kind == .single ? companion : nil
        manifest = hasCompanion && kind == .bulk ? companion : nil
        folder = place.folder
        limits = place.limits
    }

    /// The same file after it was moved, with what lies beside it.
    func moved(to folder: Folder) -> TakenFile {
        var file = self
        file.folder = folder
        return file
    }

    /// Reads the whole file once, behind what is in `buffer`.
    ///
    /// Throws `.refused` with the reason when the file is not what it must be; then it belongs in `failed`, the others
    /// are not affected.
    package func read(into buffer: ByteBuffer, limit: Int? = nil) throws(SpoolError) -> ByteSlice {
        try Self.read(name, in: folder, into: buffer, limit: limit ?? limits.bytes(of: kind))
    }

    /// Reads the certificate beside the file; nil when there is none.
    package func readCertificate(into buffer: ByteBuffer) throws(SpoolError) -> ByteSlice? {
        guard let certificate else { return nil }
        return try Self.read(certificate, in: folder, into: buffer, limit: limits.certificate)
    }

    /// Reads the manifest beside the file; nil when there is none.
    package func readManifest(into buffer: ByteBuffer) throws(SpoolError) -> ByteSlice? {
        guard let manifest else { return nil }
        return try Self.read(manifest, in: folder, into: buffer, limit: limits.manifest)
    }

    /// Opens a batch for reading line by line from `offset`, which must be where line `line` begins.
    package func lines(from offset: Int64 = 0, line: Int = 1) throws(SpoolError) -> BulkReader {
        try BulkReader(
            Self.open(name, in: folder, limit: limits.bulk),
            name: name,
            from: offset,
            line: line,
            lineLimit: limits.line
        )
    }

    /// Opens a file by name and checks that it is a plain file within its limit.
    static func open(_ name: String, in folder: Folder, limit: Int) throws(SpoolError) -> InputFile {
        let file: Descriptor
        do throws(SpoolError) {
            file = try folder.file(name)
        } catch .io(_, _, ELOOP), .io(_, _, ENXIO) {
            throw .refused(name: name, reason: .type, detail: "is no regular file")
        } catch .notReadable {
            throw .refused(name: name, reason: .owner, detail: "may not be read by us")
        }
        let status = try file.status()
        if let fault = InputFault.of(status, limit: limit, owners: nil) {
            throw .refused(name: name, reason: fault.reason, detail: fault.detail)
        }
        return InputFile(file: file, status: status)
    }

    static func read(_ name: String, in folder: Folder, into buffer: ByteBuffer, limit: Int) throws(SpoolError)
        -> ByteSlice
    {
        let input = try open(name, in: folder, limit: limit)
        let size = Int(input.status.size)
        let start = buffer.count
        // Room for one byte more shows in the same call whether the file has grown.
        let count = try input.file.read(into: buffer, size + 1, at: 0, enough: size)
        guard count == size else {
            buffer.truncate(to: start)
            throw .refused(name: name, reason: .incomplete, detail: "changed its size while it was read")
        }
        return buffer[start..<start + count]
    }
}
