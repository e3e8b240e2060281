import Glibc

/// Memory in large pages, where the kernel has them.
///
/// In pages of 4 KiB the processor mostly does not know where a place of tens of MiB lies and has to look that up first;
/// large pages it knows all the time. Nothing but time depends on it: where the kernel knows no such call, or has no large
/// page to give, memory is as it ever was.
package enum LargePages {
    /// Bytes of one, on every processor whose small pages have 4 KiB.
    package static let size = 2 << 20
    /// How many small pages of a large one must be in use to be gathered: it takes little more memory than they do.
    package static let enough = size / small * 7 / 8

    private static let small = 4 << 10
    /// MADV_HUGEPAGE.
    private static let inLarge: Int32 = 14
    /// MADV_COLLAPSE, of Linux 6.1 on.
    private static let collapse: Int32 = 25

    /// Gathers the memory around `addresses`, where most of it is in use; returns how many large pages that is now.
    @discardableResult
    package static func gather(_ addresses: [UInt]) -> Int {
        guard sysconf(Int32(_SC_PAGESIZE)) == small else { return 0 }
        return Set(addresses.map { $0 / UInt(size) }).count { gather(page: $0) }
    }

    private static func gather(page: UInt) -> Bool {
        guard let start = unsafe UnsafeMutableRawPointer(bitPattern: page * UInt(size)) else { return false }
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size / small) { used in
            guard let base = used.baseAddress, unsafe mincore(start, size, base) == 0 else { return false }
            return unsafe used.count { $0 & 1 == 1 } >= enough && madvise(start, size, collapse) == 0
        }
    }

    /// Room for `capacity` bytes, for its `deallocate`: more than two large pages come in such as they are used.
    @unsafe
    static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        guard capacity > 2 * size else { return .allocate(capacity: capacity) }
        let room = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: size)
        _ = unsafe madvise(room, capacity / size * size, inLarge)
        return unsafe room.bindMemory(to: UInt8.self, capacity: capacity)
    }
}
