import Crypto
import Encoding
import Glibc
import Operations
import Pipeline

/// The key the hashes of client secrets are made with: 32 random bytes in a file beside the ledger, never in it.
///
/// Made once, by the first process that needs it; whoever else comes at the same moment reads what that one wrote.
struct SecretKeyFile {
    let path: String

    private static let byteCount = 32

    func load() throws(Failure) -> [UInt8] {
        try Folders.make(above: path)
        if !Folders.exists(path) { try make() }
        return try read()
    }

    /// The key as it was made before; none is made.
    func existing() throws(Failure) -> [UInt8] { try read() }

    private func read() throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(secretKey: path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Failure(secretKey: path, errno: errno) }
        if let fault = Self.fault(of: status) { throw Failure(secretKey: path, unfit: fault) }
        var bytes = [UInt8](repeating: 0, count: Self.byteCount)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count == Self.byteCount else { throw Failure(secretKey: path, errno: count < 0 ? errno : EIO) }
        return bytes
    }

    /// Why a file is no key of ours, or none any more.
    private static func fault(of status: stat) -> String? {
        guard status.st_mode & S_IFMT == S_IFREG else { return "it is no regular file" }
        guard status.st_mode & 0o077 == 0 else {
            return "others may read or write it (mode 0\(String(status.st_mode & 0o7777, radix: 8)))"
        }
        guard status.st_size == byteCount else { return "it has \(status.st_size) bytes, not \(byteCount)" }
        return nil
    }

    /// Writes under another name first, so that the key's name never shows a part of it.
    private func make() throws(Failure) {
        let bytes: [UInt8]
        do throws(CryptoError) { bytes = try SecureRandom.bytes(Self.byteCount) } catch { throw Failure(.random) }
        do throws(OutputFault) {
            let file = try OutputFile(path, mode: 0o600)
            try file.append(ByteSlice(bytes))
            try file.create()
        } catch {
            // The key that was there first stays.
            guard error.errno == EEXIST else { throw Failure(secretKey: path, errno: error.errno) }
        }
        try synchronizeFolder()
    }

    private func synchronizeFolder() throws(Failure) {
        let folder = unsafe open(Folders.parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Failure(secretKey: path, errno: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Failure(secretKey: path, errno: errno) }
    }
}
