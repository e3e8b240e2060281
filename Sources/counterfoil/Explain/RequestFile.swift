import Encoding
import Glibc
import Operations
import Rules
import Spool

/// A file to be judged where it lies: a request with the certificate beside it, a record, or a batch.
struct RequestFile {
    let path: String
    let bytes: [UInt8]
    let isBatch: Bool
    /// The manifest beside a batch.
    let manifest: ByteSlice?
    private let certificate: [UInt8]?
    private let isRecord: Bool

    /// Far above what is accepted, so that the rules can say what is too large.
    private static let byteLimit = 4 << 20
    private static let bulkLimit = 2 << 30

    /// Reads the file at `path`; one that is not there is looked for in the spool, so that its folders need no naming.
    init(_ path: String, spool: String) throws(Failure) {
        let inSpool = "\(spool)/\(path)"
        self.path = !Folders.exists(path) && Folders.exists(inSpool) ? inSpool : path
        let (folder, name) = PathName.split(self.path)
        let kind = Self.kind(name)
        isBatch = kind == .bulk
        bytes = try Self.read(self.path, limit: isBatch ? Self.bulkLimit : Self.byteLimit)
        isRecord = kind == .record || kind == nil && bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{")
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        let beside = "\(folder)\(stem).pem"
        let hasCertificate = !isRecord && !isBatch && beside != self.path && Folders.exists(beside)
        let manifestPath = "\(folder)\(stem).manifest.json"
        let hasManifest = isBatch && Folders.exists(manifestPath)
        manifest = hasManifest ? ByteSlice(try Self.read(manifestPath, limit: Self.byteLimit)) : nil
        certificate = hasCertificate ? try Self.read(beside, limit: Self.byteLimit) : nil
    }

    /// What is delivered: the whole of a single or a record.
    var content: Delivery.Content {
        isRecord
            ? .record(ByteSlice(bytes))
            : .bare(request: ByteSlice(bytes), certificate: certificate.map { ByteSlice($0) })
    }

    /// The lines of a batch, without their ends; `body` is given the number, from 1, and returns whether to go on.
    func forEachLine(_ body: (Int, ByteSlice) -> Bool) {
        let all = ByteSlice(bytes)
        var (start, number) = (0, 1)
        while start < all.count {
            let end = all.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? all.count
            let last = end > start && all[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
            guard body(number, all[start..<last]) else { return }
            (start, number) = (end + 1, number + 1)
        }
    }

    private static func kind(_ name: String) -> InputName.Kind? {
        guard case .input(let input) = InputName.classify(name) else { return nil }
        return input.kind
    }

    private static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        let what: String
        var remedy = "name a request (.jwt), a record (.json) or a batch (.ndjson)"
        do throws(FileBytes.Fault) {
            return try FileBytes.read(path, limit: limit)
        } catch {
            what = "cannot be read: \(error.words)"
            if case .system(EACCES) = error { remedy = "run this as a user who may read it" }
        }
        throw Failure(UserMessage(path, what, remedy: remedy), name: "file", .usage)
    }
}
