import PKIX
import Testing

@Suite struct SerialNumberTests {
    @Test(
        "texts",
        arguments: [
            ([1], "1"), ([0x7F], "7f"), ([0, 0x80], "80"), ([0x59, 0xC7, 0x78, 0x6F], "59c7786f"),
            ([UInt8](repeating: 0x11, count: 20), String(repeating: "11", count: 20)),
            ([1] + [UInt8](repeating: 0, count: 19), "1" + String(repeating: "00", count: 19)),
        ] as [([UInt8], String)]
    )
    func texts(_ bytes: [UInt8], _ text: String) throws {
        let serial = try #require(SerialNumber(bytes))
        #expect(serial.description == text)
        #expect(SerialNumber(hex: text) == serial)
    }

    @Test("what is no serial", arguments: [[], [0], [0x80], [0xFF, 1], [UInt8](repeating: 1, count: 21)] as [[UInt8]])
    func noSerial(_ bytes: [UInt8]) { #expect(SerialNumber(bytes) == nil) }

    @Test func zeroIsANumberButNoSerial() {
        #expect(SerialNumber(unsigned: [0], 0..<1) == .zero)
        #expect(SerialNumber.zero.description == "0")
        #expect(SerialNumber(hex: "") == nil)
        #expect(SerialNumber(hex: "xyz") == nil)
    }

    @Test func ordersAsNumbers() throws {
        let ascending: [[UInt8]] = [
            [1], [2], [0x7F], [0, 0x80], [1, 0], [1] + [UInt8](repeating: 0, count: 8),
            [1] + [UInt8](repeating: 0, count: 16),
            [2] + [UInt8](repeating: 0, count: 16),
        ]
        let serials = ascending.compactMap(SerialNumber.init)
        #expect(serials.count == ascending.count)
        #expect(serials == serials.reversed().sorted())
        for (left, right) in zip(serials, serials.dropFirst()) { #expect(left < right && !(right < left)) }
        #expect(!(serials[0] < serials[0]))
    }
}
