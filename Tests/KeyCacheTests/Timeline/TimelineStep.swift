import Encoding
import PKIX

/// One thing that happens to a participant's set in a random life.
enum TimelineStep: Sendable {
    /// A set of some letters' keys, never none.
    case set(String)
    /// A set without keys.
    case empty
    case notModified
    case failure
    /// A revoked set with one letter's key.
    case revokedSet(Character)
    /// An operator's word about one letter's key.
    case revoke(Character, RevocationReason)
    case accept
    case reject
    case sweep

    /// Whether it does anything only where a set waits.
    var needsHold: Bool {
        switch self {
        case .accept, .reject: true
        default: false
        }
    }

    static func random(_ random: inout Lehmer) -> TimelineStep {
        let letter = "ABCDE".randomElement(using: &random) ?? "A"
        switch Int.random(in: 0..<40, using: &random) {
        case 0..<20:
            let letters = "ABCDE".filter { _ in Bool.random(using: &random) }
            return .set(letters.isEmpty ? "A" : letters)
        case 20..<24: return .empty
        case 24..<27: return .notModified
        case 27..<29: return .failure
        case 29: return .revokedSet(letter)
        case 30:
            let reasons: [RevocationReason] = [.superseded, .keyCompromise, .cessationOfOperation]
            return .revoke(letter, reasons.randomElement(using: &random) ?? .unspecified)
        case 31..<34: return .accept
        case 34..<36: return .reject
        default: return .sweep
        }
    }
}
