import Glibc
import Testing

@testable import Spool

@Suite("An error of the spool")
struct SpoolErrorTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let errno: Int32
        let operation: SpoolError.Operation
        let error: SpoolError
        var testDescription: String { "\(operation.rawValue) with errno \(errno)" }

        init(_ errno: Int32, _ operation: SpoolError.Operation, _ error: SpoolError) {
            (self.errno, self.operation, self.error) = (errno, operation, error)
        }
    }

    @Test(
        "says what the errno means",
        arguments: [
            Row(ENOSPC, .write, .diskFull(path: "p", errno: ENOSPC)),
            Row(ENOSPC, .rename, .diskFull(path: "p", errno: ENOSPC)),
            Row(EDQUOT, .create, .diskFull(path: "p", errno: EDQUOT)),
            Row(EIO, .fsync, .io(operation: "fsync", path: "p", errno: EIO)),
            Row(EIO, .syncfs, .io(operation: "syncfs", path: "p", errno: EIO)),
            Row(EIO, .read, .io(operation: "read", path: "p", errno: EIO)),
            Row(EROFS, .create, .notWritable(path: "p", errno: EROFS)),
            Row(EROFS, .openFolder, .notWritable(path: "p", errno: EROFS)),
            Row(EACCES, .rename, .notWritable(path: "p", errno: EACCES)),
            Row(EPERM, .chmod, .notWritable(path: "p", errno: EPERM)),
            Row(EACCES, .open, .notReadable(path: "p", errno: EACCES)),
            Row(EACCES, .openFolder, .notReadable(path: "p", errno: EACCES)),
            Row(ENOENT, .openFolder, .missing(path: "p")),
            Row(ENOENT, .open, .vanished(path: "p")),
            Row(ENOTDIR, .openFolder, .notFolder(path: "p")),
            Row(ELOOP, .openFolder, .notFolder(path: "p")),
            Row(EMFILE, .open, .io(operation: "open", path: "p", errno: EMFILE)),
        ]
    )
    func means(_ row: Row) { #expect(SpoolError.of(row.errno, row.operation, "p") == row.error) }

    static let all: [SpoolError] = [
        .missing(path: "p"), .notFolder(path: "p"), .locked(pid: 7), .notWritable(path: "p", errno: EACCES),
        .notReadable(path: "p", errno: EACCES), .diskFull(path: "p", errno: ENOSPC),
        .networkFileSystem(path: "p", kind: "NFS"),
        .mixedFileSystems(path: "p", other: "q"), .insecure(path: "p", what: "can be written by everybody"),
        .conflict(path: "p"),
        .refused(name: "p", reason: .type, detail: "is a pipe"), .changed(name: "p"), .vanished(path: "p"),
        .badName("p"),
        .io(operation: "write", path: "p", errno: EIO),
    ]

    @Test("has a code of its own, a clause and something to do", arguments: all)
    func complete(_ error: SpoolError) {
        #expect(error.code.hasPrefix("spool_"))
        #expect(Self.all.filter { $0.code == error.code }.count == 1)
        #expect(!error.description.isEmpty)
        #expect(error.remedy.hasSuffix("."))
    }

    @Test("tells the process that has the lock, and that waiting helps")
    func locked() {
        #expect(SpoolError.locked(pid: 7).description == "the spool is in use by process 7")
        #expect(SpoolError.locked(pid: nil).isTemporary)
        #expect(!SpoolError.networkFileSystem(path: "p", kind: "NFS").isTemporary)
    }

    @Test("hides control characters of a hostile name")
    func hostile() {
        #expect(
            !SpoolError.changed(name: "a\u{1B}[2J\u{202E}").description.unicodeScalars.contains {
                $0 == "\u{1B}" || $0 == "\u{202E}"
            }
        )
    }

    @Test(
        "network file systems are known by their number",
        arguments: [
            (0x6969, "NFS"), (0xFE53_4D42, "SMB2"), (0xFF53_4D42, "CIFS"), (-11_317_950, "CIFS"), (0x6573_5546, "FUSE"),
        ]
    )
    func network(_ magic: Int, _ name: String) { #expect(FileSystemKind.network(magic: magic) == name) }

    @Test("local file systems are not", arguments: [0xEF53, 0x5846_5342, 0x0102_1994, 0x9123_683E, 0x794C_7630])
    func local(_ magic: Int) { #expect(FileSystemKind.network(magic: magic) == nil) }

    @Test("free space is enough only when bytes, their share and inodes are")
    func space() {
        let gigabyte: Int64 = 1 << 30
        let least: Int64 = 256 << 20
        #expect(FreeSpace(bytes: gigabyte, allBytes: 10 * gigabyte, inodes: 20_000).shortage() == nil)
        #expect(FreeSpace(bytes: gigabyte, allBytes: 10 * gigabyte, inodes: nil).shortage() == nil)
        #expect(FreeSpace(bytes: least, allBytes: gigabyte, inodes: 10_240).shortage() == nil)
        let fewInodes = FreeSpace(bytes: gigabyte, allBytes: 10 * gigabyte, inodes: 10_239)
        #expect(fewInodes.shortage() == .inodes(10_239, of: 10_240))
        let fewBytes = FreeSpace(bytes: least - 1, allBytes: gigabyte, inodes: 20_000)
        #expect(fewBytes.shortage() == .bytes(least - 1, of: least))
        let smallShare = FreeSpace(bytes: gigabyte, allBytes: 100 * gigabyte, inodes: 20_000)
        #expect(smallShare.shortage() == .bytes(gigabyte, of: 5 * gigabyte))
    }
}
