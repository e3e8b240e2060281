import Encoding
import PKIX

/// What was said of the revocation of the keys of one source, by anyone.
struct RevocationWords {
    /// One row of the revocations; a word without a key speaks for all of its organisation or software.
    struct Word {
        let channel: RevocationChannel
        let spki: [UInt8]?
        let kid: [UInt8]?
        let certificate: [UInt8]?
        let at: UnixTime
        /// Nil where it was not said.
        let reason: RevocationReason?

        /// Whether the word is of a key that was listed with certificates, the newest last.
        func concerns(spki: [UInt8], kid: [UInt8]?, certificates: [[UInt8]]) -> Bool {
            if let named = self.spki { return named == spki }
            if let named = self.kid { return named == kid }
            guard let named = certificate else { return true }
            // An earlier certificate that was only replaced says nothing of the key.
            return named == certificates.last || (certificates.contains(named) && !isHarmless)
        }

        private var isHarmless: Bool { KeyRevocation(at: at, reason: reason).isHarmless }
    }

    var words: [Word] = []

    /// All that was said of one key taken together: the earliest time, and the worst reason.
    ///
    /// A revoked set gives no reasons; it is taken to mean what a revocation list says of the same certificate.
    func revocation(spki: [UInt8], kid: [UInt8]?, certificates: [[UInt8]]) -> KeyRevocation? {
        let mine = words.filter { $0.concerns(spki: spki, kid: kid, certificates: certificates) }
        guard let earliest = mine.map(\.at).min() else { return nil }
        let stated = mine.filter { $0.reason != nil }
        let explained = Set(stated.compactMap(\.certificate))
        let isExplained = mine.allSatisfy { word in
            word.reason != nil || word.certificate.map(explained.contains) == true
        }
        guard isExplained else { return KeyRevocation(at: earliest) }
        let reasons = stated.map { KeyRevocation(at: earliest, reason: $0.reason) }
        return reasons.first { !$0.isHarmless } ?? reasons.first
    }
}
