import Crypto
import Encoding

/// What is in a bundle's file and where, read once from one end to the other.
///
/// Strict: only headers `TarHeader` writes, names of ours in ascending order, zero padding, two zero blocks, and then
/// the end of the file.
struct ArchiveIndex {
    private(set) var members: [MemberName: ArchivePlace] = [:]

    /// The versions of the roots, ascending.
    var roots: [Int64] {
        members.keys.compactMap { name -> Int64? in
            guard case .root(let version) = name else { return nil }
            return version
        }
        .sorted()
    }

    init(_ file: ArchiveFile) throws(BundleFault) {
        var offset: Int64 = 0
        var last = ""
        while true {
            let block = try Self.block(file, at: offset)
            offset += Int64(TarHeader.blockSize)
            if block.allSatisfy({ $0 == 0 }) {
                try Self.expectEnd(file, at: offset)
                return
            }
            guard let header = TarHeader(block) else { throw BundleFault(.archive, TarHeader.fault(block)) }
            guard let name = MemberName(folder: header.folder, file: header.name) else {
                let path = Printable.text("\(header.folder)/\(header.name)", limit: 120)
                throw BundleFault(.extra, "\(path) is no member of a bundle")
            }
            guard name.path > last else { throw BundleFault(.archive, "\(name.path) is out of order or comes twice") }
            last = name.path
            guard header.size <= name.byteLimit else {
                throw BundleFault(.tooLarge, "\(name.path) has \(header.size) bytes, allowed are \(name.byteLimit)")
            }
            guard members.count < BundleLimits.members else {
                throw BundleFault(.tooLarge, "there are more than \(BundleLimits.members) members")
            }
            let end = offset + Int64(TarHeader.padded(header.size))
            guard end <= file.size else { throw BundleFault(.truncated, "the file ends within \(name.path)") }
            let padding = ArchivePlace(offset: offset + Int64(header.size), count: Int(end - offset) - header.size)
            guard try file.bytes(padding).allSatisfy({ $0 == 0 }) else {
                throw BundleFault(.extra, "there are bytes behind \(name.path)")
            }
            members[name] = ArchivePlace(offset: offset, count: header.size)
            offset = end
        }
    }

    private static func block(_ file: ArchiveFile, at offset: Int64) throws(BundleFault) -> [UInt8] {
        guard offset + Int64(TarHeader.blockSize) <= file.size else {
            throw BundleFault(.truncated, "the file ends without its end mark")
        }
        return try file.bytes(ArchivePlace(offset: offset, count: TarHeader.blockSize))
    }

    private static func expectEnd(_ file: ArchiveFile, at offset: Int64) throws(BundleFault) {
        guard try block(file, at: offset).allSatisfy({ $0 == 0 }) else {
            throw BundleFault(.archive, "a zero block stands between members")
        }
        guard file.size == offset + Int64(TarHeader.blockSize) else {
            throw BundleFault(.extra, "there are bytes behind the end mark")
        }
    }
}
