import Encoding
import Glibc

/// Has the kernel put memory into large pages where a snapshot lies.
///
/// A verdict asks for a dozen places of a snapshot of tens of MiB, which are never the last one's. In pages of 4 KiB the
/// processor mostly does not know where such a place lies and has to look that up first; 2,000 software statements take
/// twenty large pages, which it knows all the time. Nothing but time depends on it: where the kernel knows no such call,
/// or has no large page to give, memory stays as it is.
enum LargePages {
    /// Bytes of one, on every processor whose small pages have 4 KiB.
    static let size = 2 << 20
    /// How many small pages of a large one must be in use, that it takes little more memory than they do.
    static let enough = size / small * 7 / 8

    private static let small = 4 << 10
    /// MADV_COLLAPSE, of Linux 6.1 on.
    private static let collapse: Int32 = 25

    /// Gathers the memory around `addresses`, where most of it is in use; returns how many large pages that is now.
    @discardableResult
    static func gather(_ addresses: [UInt]) -> Int {
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
}
