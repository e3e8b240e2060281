@testable import Crypto
@testable import Encoding
@testable import JOSE

extension FuzzTarget {
    /// Compact JWS: accepted exactly where the grammar says so, the segments make the text again, nothing is forged.
    static let jws = FuzzTarget("jws", byteLimit: 8_192) { bytes throws(BrokenProperty) in
        let text = ByteSlice(bytes)
        let jws: CompactJWS?
        do throws(JWSFault) { jws = try CompactJWS.decode(text) } catch { jws = nil }
        try hold((jws != nil) == JWSProperties.isCompact(bytes), "the framing is judged differently")
        guard let jws else { return false }
        let dot = [UInt8(ascii: ".")]
        try hold(
            jws.signingInput.bytes == jws.header.bytes + dot + jws.payload.bytes,
            "the signing input is another text"
        )
        try hold(jws.signingInput.bytes + dot + jws.signature.bytes == bytes, "the segments are not the text")
        let isGenuine = Genuine.kept.tokens.contains(bytes)
        let verified: JWS.Verified
        do throws(JWSRefusal) {
            verified = try JWS.verify(text, keys: Genuine.kept.everyKey)
        } catch {
            try hold(!isGenuine, "the genuine token was refused: \(error)")
            return true
        }
        try hold(isGenuine, "a signature over another text was accepted")
        try hold(Base64URL.encode(verified.payload) == jws.payload.string, "the payload is another")
        return true
    }
}

enum JWSProperties {
    /// The grammar of RFC 7515 section 7.1 with our bounds, by cutting at the dots.
    static func isCompact(_ bytes: [UInt8]) -> Bool {
        let segments = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3 else { return false }
        return zip(segments, [4 << 10, 48 << 10, 1 << 10]).allSatisfy { segment, limit in
            !segment.isEmpty && segment.count % 4 != 1 && segment.count * 3 / 4 <= limit && segment.allSatisfy(isLetter)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
