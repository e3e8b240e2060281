import Encoding
import Testing

@Suite("Hex")
struct HexTests {
    @Test("writes lower case and reads either")
    func both() {
        #expect(Hex.encode([0x00, 0x9F, 0xAB, 0xFF]) == "009fabff")
        #expect(Hex.decode("009fAbFF") == [0x00, 0x9F, 0xAB, 0xFF])
        #expect(Hex.encode([]).isEmpty)
        #expect(Hex.decode("") == [])
        let buffer = ByteBuffer()
        Hex.encode(ByteSlice([1, 0xFE]), into: buffer)
        #expect(buffer.all.equals("01fe"))
    }

    @Test("rejects", arguments: ["a", "abc", "0x00", "0g", "/0", ":0", "@0", "G0", "`0", " 00", "é0"])
    func rejects(_ text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
