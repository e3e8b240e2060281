import Encoding
import Testing

@Suite("ByteTable")
struct ByteTableTests {
    @Test("an empty table has nothing")
    func empty() {
        let table = ByteTable<Int>([])
        #expect(table.count == 0)
        #expect(table[""] == nil)
        #expect(table["a"] == nil)
    }

    @Test("of equal keys the later entry wins")
    func duplicates() {
        let table = ByteTable(
            [(Array("a".utf8), 1), (Array("b".utf8), 2), (Array("a".utf8), 3)].map { (key: $0.0, value: $0.1) }
        )
        #expect(table.count == 2)
        #expect(table["a"] == 3)
        #expect(table["b"] == 2)
    }

    @Test("the empty key is a key, by every way to ask")
    func emptyKey() {
        let table = ByteTable([(key: [UInt8](), value: "none")])
        #expect(table[""] == "none")
        #expect(table[[]] == "none")
        #expect(table[ByteSlice("")] == "none")
        #expect(table[ByteSlice("abc")[1..<1]] == "none")
    }

    @Test("10,000 random keys of 1 to 40 bytes are found, 10,000 others are not")
    func random() {
        var generator = Lehmer(seed: 1)
        var known: [[UInt8]: Int] = [:]
        while known.count < 10_000 { known[generator.bytes(1...40)] = known.count }
        let table = ByteTable(known.map { (key: $0.key, value: $0.value) })
        #expect(table.count == 10_000)
        var wrong = 0
        for (key, value) in known where table[key] != value || table[ByteSlice(key)] != value { wrong += 1 }
        for _ in 0..<10_000 {
            let key = generator.bytes(1...40)
            if table[key] != known[key] { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test("keys that differ in one byte at any place stay apart")
    func neighbours() {
        let base = Array("0123456789abcdefghijklmno".utf8)
        var entries: [(key: [UInt8], value: Int)] = [(base, -1)]
        for index in base.indices {
            var key = base
            key[index] ^= 1
            entries.append((key, index))
        }
        for length in 0..<base.count { entries.append((Array(base[..<length]), 100 + length)) }
        let table = ByteTable(entries)
        for entry in entries { #expect(table[entry.key] == entry.value) }
    }

    @Test("what is foreseen of a key is where it is found; of what is no key, nothing")
    func foresight() {
        var generator = Lehmer(seed: 7)
        let keys = Array(Set((0..<1_000).map { _ in generator.bytes(1...40) }))
        let index = ByteIndex(keys)
        var near = 0
        for (position, key) in keys.enumerated() {
            let hash = index.approach(ByteSlice(key))
            let foreseen = index.foresee(hash)
            // Behind another key in the table it is not foreseen, and found all the same.
            #expect(foreseen == nil || foreseen == position)
            #expect(index.likely(hash) == foreseen)
            #expect(index.position(of: ByteSlice(key)) == position)
            near += foreseen == nil ? 0 : 1
        }
        #expect(near > keys.count / 2)
        for _ in 0..<1_000 {
            let key = generator.bytes(41...60)
            #expect(index.foresee(index.approach(ByteSlice(key))) == nil)
        }
        let empty = ByteIndex([])
        #expect(empty.foresee(empty.approach(ByteSlice("x"))) == nil)
        Foresight.fetch(0)
        Foresight.fetch(.max)
    }
}
