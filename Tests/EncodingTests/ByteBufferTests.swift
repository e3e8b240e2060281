import Encoding
import Testing

@Suite("ByteBuffer")
struct ByteBufferTests {
    @Test("grows from empty and keeps what it held")
    func grows() {
        let buffer = ByteBuffer()
        for number in 0..<1000 { buffer.append(UInt8(truncatingIfNeeded: number)) }
        #expect(buffer.count == 1000)
        #expect(buffer.all.bytes == (0..<1000).map { UInt8(truncatingIfNeeded: $0) })
    }

    @Test("appends every kind of text and bytes in order")
    func appends() {
        let buffer = ByteBuffer(capacity: 1)
        let literal: StaticString = "lit "
        buffer.append(literal)
        buffer.append("grün ")
        buffer.append([0x31, 0x32])
        buffer.append(ByteSlice(" slice"))
        #expect(buffer.all.string == "lit grün 12 slice")
    }

    @Test("appends its own bytes while it grows")
    func appendsItself() {
        let buffer = ByteBuffer()
        buffer.append("0123456789abcdef")
        for _ in 0..<6 { buffer.append(buffer.all) }
        #expect(buffer.count == 1024)
        #expect(buffer[1008..<1024].equals("0123456789abcdef"))
    }

    @Test("becomes a part of itself")
    func replaces() {
        let buffer = ByteBuffer()
        buffer.append("0123456789")
        buffer.replace(with: buffer[3..<7])
        #expect(buffer.all.equals("3456"))
        buffer.replace(with: ByteSlice("a longer text than before, beyond the first room"))
        #expect(buffer.all.equals("a longer text than before, beyond the first room"))
    }

    @Test("removes, truncates and empties")
    func removes() {
        let buffer = ByteBuffer()
        buffer.append("0123456789")
        buffer.remove(2..<8)
        #expect(buffer.all.equals("0189"))
        buffer.truncate(to: 3)
        buffer.truncate(to: 99)
        #expect(buffer.all.equals("018"))
        buffer.removeAll()
        #expect(buffer.all.isEmpty)
    }

    @Test("a throwing write behind the end adds nothing")
    func throwingTail() {
        struct Stop: Error {}
        let buffer = ByteBuffer()
        buffer.append("kept")
        #expect(throws: Stop.self) {
            try buffer.appendUnsafe(8) { (room) throws(Stop) -> Int in
                room[0] = 1
                throw Stop()
            }
        }
        #expect(buffer.all.equals("kept"))
    }

    @Test("a slice outside its buffer stops the program")
    func staleSlice() async {
        await #expect(processExitsWith: .failure) {
            let buffer = ByteBuffer()
            buffer.append("0123456789")
            let slice = buffer[5..<10]
            buffer.truncate(to: 6)
            _ = slice.bytes
        }
        await #expect(processExitsWith: .failure) {
            let buffer = ByteBuffer()
            _ = buffer[0..<1]
        }
    }
}
