import Encoding
import Foundation
import Testing

@testable import Bundle

@Suite("The plain tar of a bundle")
struct ArchiveTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let why: String
        let kind: BundleFault.Kind?
        let bytes: [UInt8]
        var testDescription: String { why }

        init(_ why: String, _ kind: BundleFault.Kind?, _ bytes: [UInt8]) {
            (self.why, self.kind, self.bytes) = (why, kind, bytes)
        }
    }

    static let capitals = String(repeating: "A", count: 64)
    static let end = [UInt8](repeating: 0, count: 1024)
    static let one = Archive.member("metadata/1.root.json", [1, 2, 3])
    static let two = Archive.member("metadata/timestamp.json", [4])

    /// The header of `one` with other bytes at a place, its checksum right.
    static func changed(_ place: Int, _ bytes: [UInt8]) -> [UInt8] {
        var block = Array(one.prefix(512))
        for (index, byte) in bytes.enumerated() { block[place + index] = byte }
        for index in 148..<156 { block[index] = 0x20 }
        let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        for (index, byte) in (String(repeating: "0", count: 6 - sum.count) + sum).utf8.enumerated() {
            block[148 + index] = byte
        }
        block[154] = 0
        return block + Array(one.dropFirst(512)) + end
    }

    static let rows: [Row] = [
        Row("two members in order", nil, one + two + end),
        Row("no member", nil, end),
        Row("members out of order", .archive, two + one + end),
        Row("a member twice", .archive, one + one + end),
        Row("a symbolic link", .archive, changed(156, [UInt8(ascii: "2")])),
        Row("a hard link", .archive, changed(156, [UInt8(ascii: "1")])),
        Row("a folder", .archive, changed(156, [UInt8(ascii: "5")])),
        Row("a pax header", .archive, changed(156, [UInt8(ascii: "x")])),
        Row("a time", .archive, changed(136, Array("00000000001".utf8))),
        Row("an owner", .archive, changed(108, Array("0000001".utf8))),
        Row("another mode", .archive, changed(100, Array("0000755".utf8))),
        Row("a size in base 256", .archive, changed(124, [0x80])),
        Row("a path upwards", .extra, changed(345, Array("..\0\0\0\0\0\0".utf8))),
        Row("an absolute path", .extra, changed(345, Array("/etc\0\0\0\0".utf8))),
        Row("a number with a leading zero", .extra, Archive.member("metadata/01.root.json", [1]) + end),
        Row("a digest in upper case", .extra, Archive.member("targets/\(capitals).x", [1]) + end),
        Row("a root above its limit", .tooLarge, Archive.member("metadata/1.root.json", zeros(512_001)) + end),
        Row("a root at its limit", nil, Archive.member("metadata/1.root.json", zeros(512_000)) + end),
        Row("a byte in the padding", .extra, Array(one.dropLast()) + [1] + end),
        Row("a zero block between", .archive, one + zeros(512) + two + end),
        Row("a third zero block", .extra, one + end + zeros(512)),
        Row("cut off in a body", .truncated, Array(one.prefix(514))),
        Row("cut off in a header", .truncated, Array(one.prefix(100))),
    ]

    static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    @Test("is read as it is written and not otherwise", arguments: rows)
    func reads(_ row: Row) throws {
        let folder = try TemporaryFolder()
        try folder.write(row.bytes, to: "a.tar")
        var kind: BundleFault.Kind?
        do throws(BundleFault) {
            _ = try ArchiveIndex(ArchiveFile(path: folder.path("a.tar")))
        } catch {
            kind = error.kind
        }
        #expect(kind == row.kind)
    }

    @Test("a link to a bundle is not followed, a pipe is not waited for")
    func special() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.one + Self.end, to: "a.tar")
        symlink(folder.path("a.tar"), folder.path("link.tar"))
        mkfifo(folder.path("pipe.tar"), 0o600)
        #expect(throws: BundleFault.self) { try ArchiveFile(path: folder.path("link.tar")) }
        #expect(throws: BundleFault.self) { try ArchiveFile(path: folder.path("pipe.tar")) }
    }

    @Test("tar(1) lists what we wrote")
    func listed() throws {
        let low = try LowSide()
        try low.export()
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tar", "-tf", low.folder.path("bundle.tar")]
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(text.split(separator: "\n").map(String.init) == (try low.archiveNames()))
    }
}

extension LowSide {
    /// The paths of the members of its bundle.
    fileprivate func archiveNames() throws -> [String] {
        Archive(try folder.bytes("bundle.tar")).members.keys.sorted()
    }
}
