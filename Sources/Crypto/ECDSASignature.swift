/// The two forms of an ECDSA signature: r‖s in JWS (RFC 7518 §3.4), a DER SEQUENCE of two INTEGERs in X.509 and in
/// OpenSSL.
enum ECDSASignature {
    /// The bytes of the longest DER form (P-521).
    static let derCapacity = 3 + 2 * (2 + 67)

    /// Writes the DER form of `raw` into `der`, which has room for `derCapacity` bytes, and returns its count.
    ///
    /// Returns 0 when `raw` has not exactly two halves of the curve's length, or when one is zero or not below the
    /// curve's order.
    static func encode(
        _ raw: UnsafeRawBufferPointer,
        _ curve: EllipticCurve,
        into der: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        let half = curve.byteCount
        guard raw.count == 2 * half, der.count >= derCapacity else { return 0 }
        let order = curve.order
        guard unsafe isInRange(raw, 0, order), unsafe isInRange(raw, half, order) else { return 0 }
        let (r, s) = unsafe (leadingZeros(raw, 0, half), leadingZeros(raw, half, half))
        let (rCount, sCount) = unsafe (contentCount(raw, r, half), contentCount(raw, s, 2 * half))
        let content = 4 + rCount + sCount
        var at = 0
        func put(_ byte: UInt8) {
            unsafe der[at] = byte
            at += 1
        }
        func putInteger(_ start: Int, _ end: Int, _ count: Int) {
            put(0x02)
            put(UInt8(count))
            if count > end - start { put(0) }
            for index in start..<end { unsafe put(raw[index]) }
        }
        put(0x30)
        if content > 127 { put(0x81) }
        put(UInt8(content))
        putInteger(r, half, rCount)
        putInteger(s, 2 * half, sCount)
        return at
    }

    /// Returns r‖s of a DER form that OpenSSL wrote; nil when it is not one.
    static func raw(_ der: [UInt8], _ curve: EllipticCurve) -> [UInt8]? {
        var rest = ArraySlice(der)
        guard rest.popFirst() == 0x30, let length = rest.popFirst() else { return nil }
        if length == 0x81 { _ = rest.popFirst() }
        var raw: [UInt8] = []
        for _ in 0..<2 {
            guard rest.popFirst() == 0x02, let count = rest.popFirst(), Int(count) <= rest.count else { return nil }
            let number = rest.prefix(Int(count)).drop { $0 == 0 }
            guard number.count <= curve.byteCount else { return nil }
            raw += [UInt8](repeating: 0, count: curve.byteCount - number.count) + number
            rest = rest.dropFirst(Int(count))
        }
        return rest.isEmpty ? raw : nil
    }

    private static func isInRange(_ raw: UnsafeRawBufferPointer, _ start: Int, _ order: [UInt8]) -> Bool {
        var any: UInt8 = 0
        for at in order.indices { unsafe any |= raw[start + at] }
        guard any != 0 else { return false }
        for at in order.indices {
            let byte = unsafe raw[start + at]
            if byte != order[at] { return byte < order[at] }
        }
        return false
    }

    /// Returns the index of the first byte that is not zero; there is one.
    private static func leadingZeros(_ raw: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int {
        var at = start
        while at < start + count - 1, unsafe raw[at] == 0 { at += 1 }
        return at
    }

    private static func contentCount(_ raw: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        unsafe end - start + (raw[start] >= 0x80 ? 1 : 0)
    }
}
