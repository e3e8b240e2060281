import Crypto
import Encoding

/// Where the keys of a set are, by kid, by identity and by certificate.
///
/// A set is seldom in the nearest caches when a request names it: of a small one, as nearly all are, one look at a few
/// words side by side finds a key, and only that key is touched. Words that are equal by chance cost a comparison.
struct KeyTable: Sendable {
    /// Sets of more keys are searched by halving.
    static let scanLimit = 16

    private struct Mark: Sendable {
        var kid: UInt64 = 0
        var identity: UInt64 = 0
        var certificate: UInt64 = 0
    }

    private struct Orders: Sendable {
        let byKid, byIdentity, byCertificate: [Int32]

        init(_ marks: [Mark]) {
            func order(_ word: (Mark) -> UInt64) -> [Int32] {
                marks.indices.sorted { (word(marks[$0]), $0) < (word(marks[$1]), $1) }.map { Int32($0) }
            }
            (byKid, byIdentity, byCertificate) = (order(\.kid), order(\.identity), order(\.certificate))
        }
    }

    private let marks: [Mark]
    /// The positions in the order of each word; nil for a set that is small enough to look at each.
    private let orders: Orders?

    /// The table of `keys`, those with one kid next to each other.
    init(_ keys: [VerificationKey]) {
        let marks = keys.map { key in
            Mark(
                kid: key.kid.map(ByteHash.of) ?? 0,
                identity: key.key.spkiSHA256.word,
                certificate: key.certificateFingerprint?.word ?? 0
            )
        }
        self.marks = marks
        orders = marks.count > Self.scanLimit ? Orders(marks) : nil
    }

    /// The positions of the keys with a kid, `limit` at most; the first of them decides where they lie.
    func positions(kid: ByteSlice, in keys: [VerificationKey], limit: Int) -> Range<Int> {
        let word = ByteHash.of(kid)
        let first = first(word, orders?.byKid, { $0.kid }, where: { keys[$0].hasKeyID(kid) })
        guard let first else { return 0..<0 }
        var end = first + 1
        while end < marks.count, end - first < limit, marks[end].kid == word, keys[end].hasKeyID(kid) { end += 1 }
        return first..<end
    }

    /// The first key with an identity.
    func position(spki: SHA256Digest, in keys: [VerificationKey]) -> Int? {
        first(spki.word, orders?.byIdentity, { $0.identity }, where: { keys[$0].key.spkiSHA256 == spki })
    }

    /// The first key whose certificate this is and for which `isWanted` is true.
    func position(
        certificate: SHA256Digest,
        in keys: [VerificationKey],
        where isWanted: (Int) -> Bool
    ) -> Int? {
        first(
            certificate.word,
            orders?.byCertificate,
            { $0.certificate },
            where: { keys[$0].certificateFingerprint == certificate && isWanted($0) }
        )
    }

    /// Has the processor bring near what a look-up looks at.
    func foresee() {
        unsafe marks.withUnsafeBytes { Foresight.fetch(UInt(bitPattern: $0.baseAddress)) }
    }

    /// The position a look-up of `kid` will most likely lead to; no key is touched.
    func likely(kid: ByteSlice) -> Int? { first(ByteHash.of(kid), orders?.byKid, { $0.kid }, where: { _ in true }) }

    /// The first position, in the order of the set, with a word for which `isIt` is true.
    @inline(__always)
    private func first(
        _ word: UInt64,
        _ order: [Int32]?,
        _ part: (Mark) -> UInt64,
        where isIt: (Int) -> Bool
    ) -> Int? {
        guard let order else {
            for position in marks.indices where part(marks[position]) == word && isIt(position) { return position }
            return nil
        }
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if part(marks[Int(order[middle])]) < word { low = middle + 1 } else { high = middle }
        }
        while low < order.count, part(marks[Int(order[low])]) == word {
            if isIt(Int(order[low])) { return Int(order[low]) }
            low += 1
        }
        return nil
    }
}
