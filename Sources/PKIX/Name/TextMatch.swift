/// caseIgnoreMatch: equal but for case and for the number and place of spaces (RFC 4517 §4.2.11, RFC 4518).
///
/// ASCII is compared in place. Other text is lower-cased and compared by canonical equivalence; characters that RFC
/// 4518 would drop (soft hyphen, zero-width) are kept, which only ever refuses more.
enum TextMatch {
    /// True when both are the same bytes of UTF-8: canonically equivalent texts may differ in them.
    static func sameBytes(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        // As pointers: the views of two strings are compared character by character, at ten times the cost.
        let isSame = unsafe left.utf8.withContiguousStorageIfAvailable { mine in
            unsafe right.utf8.withContiguousStorageIfAvailable { theirs in unsafe mine.elementsEqual(theirs) }
        }
        return (isSame ?? nil) ?? left.utf8.elementsEqual(right.utf8)
    }

    /// True when `left` and `right` match.
    static func ignoringCase(_ left: String, _ right: String) -> Bool {
        var (a, b) = (SpaceFolded(left.utf8.makeIterator()), SpaceFolded(right.utf8.makeIterator()))
        while true {
            switch (a.next(), b.next()) {
            case (nil, nil): return true
            case (nil, _), (_, nil): return equivalent(left, right)
            case (let x?, let y?):
                guard x < 0x80, y < 0x80 else { return equivalent(left, right) }
                guard x == y else { return false }
            }
        }
    }

    private static func equivalent(_ left: String, _ right: String) -> Bool { prepared(left) == prepared(right) }

    private static func prepared(_ text: String) -> String {
        text.lowercased().unicodeScalars
            .split(whereSeparator: { $0.properties.isWhitespace })
            .map { String(String.UnicodeScalarView($0)) }
            .joined(separator: " ")
    }
}

/// Bytes in lower case with leading and trailing spaces gone and inner runs of spaces made one.
private struct SpaceFolded {
    private var source: String.UTF8View.Iterator
    private var held: UInt8?
    private var isStart = true

    init(_ source: String.UTF8View.Iterator) { self.source = source }

    mutating func next() -> UInt8? {
        if let byte = held {
            held = nil
            return byte
        }
        var sawSpace = false
        while let byte = source.next() {
            if byte == 0x20 {
                sawSpace = true
                continue
            }
            let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            let opens = isStart
            isStart = false
            guard sawSpace, !opens else { return lower }
            held = lower
            return 0x20
        }
        return nil
    }
}
