package import Encoding

/// A JWS in compact serialization, cut into its three encoded segments (RFC 7515 §7.1).
///
/// Nothing is copied or decoded: every member is a slice of the text, valid as long as the text's buffer is unchanged.
package struct CompactJWS {
    /// The text as it came.
    package let whole: ByteSlice
    /// The encoded protected header.
    package let header: ByteSlice
    /// The encoded payload.
    package let payload: ByteSlice
    /// The encoded signature.
    package let signature: ByteSlice
    /// What was signed: header, dot, payload.
    package let signingInput: ByteSlice

    /// Cuts `text` into exactly three non-empty base64url segments, each within `limits`.
    package static func decode(_ text: ByteSlice, limits: JWSLimits = .standard) throws(JWSFault) -> CompactJWS {
        if !text.isEmpty, text[0] == UInt8(ascii: "{") { throw .jsonSerialization }
        guard
            let first = text.firstIndex(of: dot),
            let second = text.firstIndex(of: dot, from: first + 1),
            text.firstIndex(of: dot, from: second + 1) == nil
        else { throw .segments(found: segmentCount(text)) }

        let jws = CompactJWS(
            whole: text,
            header: text[0..<first],
            payload: text[first + 1..<second],
            signature: text[second + 1..<text.count],
            signingInput: text[0..<second]
        )
        try check(jws.header, .header, at: 0, limit: limits.headerBytes)
        if !jws.payload.isEmpty || !limits.allowsEmptyPayload {
            try check(jws.payload, .payload, at: first + 1, limit: limits.payloadBytes)
        }
        try check(jws.signature, .signature, at: second + 1, limit: limits.signatureBytes)
        return jws
    }

    private static let dot = UInt8(ascii: ".")

    private static func check(
        _ text: ByteSlice,
        _ segment: JWSSegment,
        at offset: Int,
        limit: Int
    ) throws(JWSFault) {
        guard !text.isEmpty else { throw .empty(segment) }
        let bytes = text.count / 4 * 3 + text.count % 4 * 3 / 4
        guard bytes <= limit else { throw .tooLong(segment, bytes: bytes, limit: limit) }
        if let foreign = Base64URLAlphabet.firstForeign(in: text) {
            let byte = text[foreign]
            throw byte == UInt8(ascii: "=")
                ? .padding(segment, at: offset + foreign)
                : .character(segment, at: offset + foreign, byte: byte)
        }
        guard text.count % 4 != 1 else { throw .length(segment, count: text.count) }
    }

    private static func segmentCount(_ text: ByteSlice) -> Int {
        guard !text.isEmpty else { return 0 }
        var count = 1
        var from = 0
        while from < text.count, let next = text.firstIndex(of: dot, from: from) {
            count += 1
            from = next + 1
        }
        return count
    }
}
