/// What makes one body out of another that is much alike: how a revocation list that was replaced is kept in few bytes.
///
/// Pieces, each the number of bytes given and these bytes, then how many are copied and from where; numbers are 4 bytes,
/// the lowest first. Who uses it checks the digest of what comes out.
enum BodyChange {
    private static let block = 16

    /// What makes `body` out of `base`.
    static func encode(_ body: [UInt8], from base: [UInt8]) -> [UInt8] {
        let blocks = Blocks(base)
        var change: [UInt8] = []
        var (place, given) = (0, 0)
        while place + block <= body.count {
            guard let from = blocks.find(body, place, base) else {
                place += 1
                continue
            }
            var (start, source) = (place, from)
            while start > given, source > 0, body[start - 1] == base[source - 1] {
                (start, source) = (start - 1, source - 1)
            }
            var end = place + block
            while end < body.count, source + end - start < base.count, body[end] == base[source + end - start] {
                end += 1
            }
            put(body[given..<start], end - start, source, to: &change)
            (place, given) = (end, end)
        }
        put(body[given...], 0, 0, to: &change)
        return change
    }

    /// Makes the body again; nil where the change is damaged or of another base.
    static func decode(_ change: [UInt8], from base: [UInt8]) -> [UInt8]? {
        var body: [UInt8] = []
        var place = 0
        while place < change.count {
            guard let given = number(change, &place), given <= change.count - place else { return nil }
            body += change[place..<place + given]
            place += given
            guard let count = number(change, &place), let source = number(change, &place), source <= base.count,
                count <= base.count - source
            else { return nil }
            body += base[source..<source + count]
        }
        return body
    }

    private static func put(_ given: ArraySlice<UInt8>, _ count: Int, _ source: Int, to change: inout [UInt8]) {
        number(given.count, to: &change)
        change += given
        number(count, to: &change)
        number(source, to: &change)
    }

    private static func number(_ number: Int, to change: inout [UInt8]) {
        for shift in [0, 8, 16, 24] { change.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private static func number(_ change: [UInt8], _ place: inout Int) -> Int? {
        guard change.count - place >= 4 else { return nil }
        defer { place += 4 }
        return (0..<4).reduce(0) { $0 | Int(change[place + $1]) << (8 * $1) }
    }

    /// Where blocks of the base are, by a hash of their bytes.
    private struct Blocks {
        private var places: [Int32]
        private let shift: UInt64

        init(_ base: [UInt8]) {
            var bits: UInt64 = 4
            while 1 << bits < base.count / block * 2 { bits += 1 }
            places = [Int32](repeating: -1, count: 1 << bits)
            shift = 64 - bits
            for place in stride(from: 0, through: base.count - block, by: block) {
                let slot = slot(base, place)
                // The first of equal blocks, behind which the most follows.
                if places[slot] < 0 { places[slot] = Int32(truncatingIfNeeded: place) }
            }
        }

        /// Where the base has the block of `body` at `place`, as far as the hash leads there.
        func find(_ body: [UInt8], _ place: Int, _ base: [UInt8]) -> Int? {
            let found = Int(places[slot(body, place)])
            guard found >= 0, word(body, place) == word(base, found), word(body, place + 8) == word(base, found + 8)
            else {
                return nil
            }
            return found
        }

        private func slot(_ bytes: [UInt8], _ place: Int) -> Int {
            let mixed = word(bytes, place) &* 0x9E37_79B9_7F4A_7C15 ^ word(bytes, place + 8)
            return Int((mixed &* 0xD6E8_FEB8_6659_FD93) >> shift)
        }

        private func word(_ bytes: [UInt8], _ place: Int) -> UInt64 {
            precondition(place >= 0 && place + 8 <= bytes.count, "outside of the body")
            return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
        }
    }
}
