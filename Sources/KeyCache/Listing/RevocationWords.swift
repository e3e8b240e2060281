import Encoding
import PKIX

/// What was said of the revocation of keys of one source.
struct RevocationWords {
    /// One entry of a revoked set.
    struct Word {
        let spki: [UInt8]?
        let kid: [UInt8]?
        let certificate: [UInt8]?
        let at: UnixTime
        /// Nil where it was not said.
        let reason: RevocationReason?
    }

    var words: [Word] = []

    /// All that was said of one key taken together: the earliest time, and a reason only where it is the same of all.
    func revocation(spki: [UInt8], kid: [UInt8]?, certificate: [UInt8]?) -> KeyRevocation? {
        let mine = words.filter { word in
            if let named = word.spki { return named == spki }
            return word.kid != nil && word.kid == kid
        }
        guard let earliest = mine.map(\.at).min() else { return nil }
        let reasons = Set(mine.map(\.reason))
        return KeyRevocation(at: earliest, reason: reasons.count == 1 ? reasons.first ?? nil : nil)
    }
}
