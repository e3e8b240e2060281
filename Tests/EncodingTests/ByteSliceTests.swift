import Encoding
import Testing

@Suite("ByteSlice")
struct ByteSliceTests {
    @Test("compares with every kind of text")
    func equals() {
        let slice = ByteSlice("xkeyx")[1..<4]
        let literal: StaticString = "key"
        #expect(slice.equals(literal))
        #expect(slice.equals("key"))
        #expect(slice.equals(Array("key".utf8)))
        #expect(slice.equals(ByteSlice("key")))
        #expect(slice == ByteSlice("key"))
        #expect(slice != ByteSlice("kez"))
        #expect(!slice.equals("ke"))
        #expect(!slice.equals("keyx"))
        #expect(ByteSlice("").equals(""))
        #expect(ByteSlice("").equals([]))
    }

    @Test("ASCII case: letters fold, their neighbours do not")
    func asciiCase() {
        #expect(ByteSlice("Application/JOSE").equalsIgnoringASCIICase("application/jose"))
        #expect(!ByteSlice("@[`{").equalsIgnoringASCIICase("`{@["))
        #expect(!ByteSlice("a").equalsIgnoringASCIICase("ab"))
    }

    @Test("printable ASCII: each other byte is seen, at each place of a text of any length up to 40")
    func printable() {
        for count in 0...40 {
            var bytes = [UInt8](repeating: 0x20, count: count)
            #expect(ByteSlice(bytes).isPrintableASCII)
            for place in 0..<count {
                for byte: UInt8 in [0x00, 0x1F, 0x7E, 0x7F, 0x80, 0xFF] {
                    bytes[place] = byte
                    #expect(ByteSlice(bytes).isPrintableASCII == (byte == 0x7E), "\(byte) at \(place) of \(count)")
                }
                bytes[place] = 0x20
            }
        }
    }

    @Test("the last byte of a kind: found at each place before an end, among its neighbours by one bit or by one")
    func last() {
        for filler: UInt8 in [0x00, 0x7A, 0x7C, 0xFB, 0xFF] {
            for count in 0...20 {
                var bytes = [UInt8](repeating: filler, count: count)
                #expect(ByteSlice(bytes).lastIndex(of: 0x7B, before: count) == nil)
                for place in 0..<count {
                    bytes[place] = 0x7B
                    let slice = ByteSlice(bytes)
                    for end in 0...count {
                        #expect(slice.lastIndex(of: 0x7B, before: end) == (end > place ? place : nil))
                    }
                    bytes[place] = filler
                }
            }
        }
    }

    @Test("the first byte of a kind, and the beginning that is another slice")
    func firstAndBeginning() {
        let slice = ByteSlice("xabcx")[1..<4]
        #expect(slice.firstIndex { $0 == UInt8(ascii: "b") } == 1)
        #expect(slice.firstIndex { $0 == UInt8(ascii: "x") } == nil)
        #expect(slice.hasPrefix(ByteSlice("ab")))
        #expect(slice.hasPrefix(ByteSlice("")))
        #expect(!slice.hasPrefix(ByteSlice("abcx")))
        #expect(!slice.hasPrefix(ByteSlice("b")))
    }

    @Test("prefix and suffix")
    func edges() {
        let slice = ByteSlice("https://host")
        #expect(slice.hasPrefix("https://"))
        #expect(!slice.hasPrefix("https://host/"))
        #expect(slice.hasSuffix("host"))
        #expect(!slice.hasSuffix("xhttps://host"))
        #expect(slice.hasPrefix("") && slice.hasSuffix(""))
    }

    @Test("finds bytes inside itself only")
    func firstIndex() {
        let slice = ByteSlice("a.b.c.d")[1..<5]
        #expect(slice.firstIndex(of: UInt8(ascii: ".")) == 0)
        #expect(slice.firstIndex(of: UInt8(ascii: "."), from: 1) == 2)
        #expect(slice.firstIndex(of: UInt8(ascii: "."), from: 3) == nil)
        #expect(slice.firstIndex(of: UInt8(ascii: "."), from: 99) == nil)
        #expect(slice.firstIndex(of: UInt8(ascii: "a")) == nil)
    }

    @Test("repairs what is not UTF-8 and is safe to describe")
    func text() {
        #expect(ByteSlice([0x61, 0xFF, 0x62]).string == "a\u{FFFD}b")
        #expect(ByteSlice("a\u{1B}[2J").description == "a\\u{1B}[2J")
    }

    @Test("slices of slices count from the slice")
    func nested() {
        let slice = ByteSlice("0123456789")[2..<9][1..<4]
        #expect(slice.equals("345"))
        #expect(slice[0] == UInt8(ascii: "3"))
        #expect(slice[3..<3].isEmpty)
    }
}
