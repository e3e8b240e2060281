/// The claim names of one kind of object, numbered in the order of their cases.
public struct ClaimIndex<Name: ClaimName>: Sendable {
    /// Name bytes to the number of the case.
    let ordinals: ByteTable<Int>
    /// How many cases there are.
    let count: Int
    /// The one byte that holds a case in memory, to the number of the case.
    @usableFromInline let numbers: [UInt8]

    /// Numbers the cases of `Name`.
    package init() {
        let cases = Array(Name.allCases)
        precondition(cases.count <= 256 && MemoryLayout<Name>.size <= 1, "claim names are plain cases, at most 256")
        var numbers = [UInt8](repeating: 0, count: 256)
        for (number, name) in cases.enumerated() { numbers[Int(Self.bits(of: name))] = UInt8(number) }
        self.numbers = numbers
        count = cases.count
        ordinals = ByteTable(cases.enumerated().map { (key: Array($1.rawValue.utf8), value: $0) })
    }

    /// The number of a case.
    @inlinable @inline(__always)
    func ordinal(of name: Name) -> Int { Int(numbers[Int(Self.bits(of: name))]) }

    @inlinable @inline(__always)
    static func bits(of name: Name) -> UInt8 {
        MemoryLayout<Name>.size == 0 ? 0 : unsafe unsafeBitCast(name, to: UInt8.self)
    }
}
