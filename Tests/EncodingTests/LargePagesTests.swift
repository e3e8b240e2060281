import Glibc
import Testing

@testable import Encoding

@Suite("Large pages")
struct LargePagesTests {
    /// Whether the kernel puts memory together on request.
    static let isSupported = (try? Region(pages: 512).gather()) == 1

    /// Fresh memory of 4 MiB in small pages, around one whole large page whose first `pages` small ones are written to.
    final class Region {
        let memory: UnsafeMutableRawPointer
        let start: UnsafeMutableRawPointer

        init(pages: Int) throws {
            let length = 2 * LargePages.size
            memory = try #require(mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
            // Linux would otherwise hand out a large page at the first touch where it is set to.
            _ = madvise(memory, length, 15 /* MADV_NOHUGEPAGE */)
            start = memory.alignedUp(toMultipleOf: LargePages.size)
            for page in 0..<pages { start.storeBytes(of: UInt16(page), toByteOffset: page << 12, as: UInt16.self) }
            _ = madvise(memory, length, 14 /* MADV_HUGEPAGE */)
        }

        deinit { munmap(memory, 2 * LargePages.size) }

        func gather() -> Int { LargePages.gather([address(0), address(300), address(0)]) }

        func address(_ page: Int) -> UInt { UInt(bitPattern: start) + UInt(page << 12) }

        var used: Int {
            var used = [UInt8](repeating: 0, count: 512)
            return mincore(start, LargePages.size, &used) == 0 ? used.count { $0 & 1 == 1 } : -1
        }

        func holds(_ pages: Int) -> Bool {
            (0..<512).allSatisfy {
                start.load(fromByteOffset: $0 << 12, as: UInt16.self) == ($0 < pages ? UInt16($0) : 0)
            }
        }
    }

    @Test(
        "memory in use is put together once, and holds what it held",
        .enabled(if: isSupported, "skipped: this kernel does not put memory together on request"),
        arguments: [512, LargePages.enough]
    )
    func gathers(_ pages: Int) throws {
        let region = try Region(pages: pages)
        #expect(region.used == pages)
        #expect(region.gather() == 1)
        #expect(region.used == 512 && region.holds(pages))
        #expect(region.gather() == 1, "it stays so")
    }

    @Test("memory of which little is in use stays as it is", arguments: [0, 1, LargePages.enough - 1])
    func leaves(_ pages: Int) throws {
        let region = try Region(pages: pages)
        #expect(region.gather() == 0)
        #expect(region.used == pages && region.holds(pages))
    }

    @Test("addresses where nothing lies are passed over", arguments: [0, 1, 1 << 21, UInt.max, 1 << 63])
    func passes(_ address: UInt) { #expect(LargePages.gather([address]) == 0) }

    @Test("a large buffer comes in large pages, and holds what was written as it grows", arguments: [4096, 4097, 9000])
    func grows(_ kibibytes: Int) throws {
        let buffer = ByteBuffer(capacity: 1 << 20)
        for part in 0..<kibibytes {
            for byte in 0..<1024 { buffer.append(UInt8(truncatingIfNeeded: part &* 31 &+ byte)) }
        }
        #expect(buffer.count == kibibytes << 10)
        let isWhole = (0..<buffer.count).allSatisfy { place in
            buffer[place] == UInt8(truncatingIfNeeded: (place >> 10) * 31 + place & 1023)
        }
        #expect(isWhole)
        let start = UInt(bitPattern: buffer.base)
        #expect(kibibytes <= 4096 || start % UInt(LargePages.size) == 0)
    }
}
