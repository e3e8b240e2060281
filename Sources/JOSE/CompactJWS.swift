package import Encoding

/// A JWS in compact serialization, cut into its three encoded segments (RFC 7515 §7.1).
///
/// Nothing is copied or decoded: every part is a slice of the text, valid as long as the text's buffer is unchanged.
package struct CompactJWS {
    /// The text as it came.
    package let whole: ByteSlice
    /// Where the two dots are.
    private let first: Int
    private let second: Int

    /// The encoded protected header.
    package var header: ByteSlice { whole[0..<first] }
    /// The encoded payload.
    package var payload: ByteSlice { whole[(first + 1)..<second] }
    /// The encoded signature.
    package var signature: ByteSlice { whole[(second + 1)..<whole.count] }
    /// What was signed: header, dot, payload.
    package var signingInput: ByteSlice { whole[0..<second] }

    /// Cuts `text` into exactly three non-empty base64url segments, each within `limits`.
    package static func decode(_ text: ByteSlice, limits: JWSLimits = .standard) throws(JWSFault) -> CompactJWS {
        let jws = try split(text)
        try jws.check(limits)
        return jws
    }

    /// The same, but does not look at the segments' characters: for a caller who decodes all three at once, and asks
    /// ``check(_:)`` why where one of them does not decode.
    package static func cut(_ text: ByteSlice, limits: JWSLimits = .standard) throws(JWSFault) -> CompactJWS {
        let jws = try split(text)
        if !jws.fits(limits) { try jws.check(limits) }
        return jws
    }

    /// Throws the first thing that is wrong with a segment, in their order: its size, a foreign character, a length
    /// that no text encodes to.
    package func check(_ limits: JWSLimits = .standard) throws(JWSFault) {
        try Self.check(header, .header, at: 0, limit: limits.headerBytes)
        if !payload.isEmpty || !limits.allowsEmptyPayload {
            try Self.check(payload, .payload, at: first + 1, limit: limits.payloadBytes)
        }
        try Self.check(signature, .signature, at: second + 1, limit: limits.signatureBytes)
    }

    private static func split(_ text: ByteSlice) throws(JWSFault) -> CompactJWS {
        if !text.isEmpty, text[0] == UInt8(ascii: "{") { throw .jsonSerialization }
        guard
            let first = text.firstIndex(of: dot),
            let second = text.firstIndex(of: dot, from: first + 1),
            text.firstIndex(of: dot, from: second + 1) == nil
        else { throw .segments(found: segmentCount(text)) }
        return CompactJWS(whole: text, first: first, second: second)
    }

    private static let dot = UInt8(ascii: ".")

    /// Whether every segment has as many bytes as it may have.
    private func fits(_ limits: JWSLimits) -> Bool {
        func fits(_ text: ByteSlice, _ limit: Int) -> Bool {
            let count = Self.decodedCount(text)
            return count > 0 && count <= limit
        }
        let isPayloadFit = fits(payload, limits.payloadBytes) || (payload.isEmpty && limits.allowsEmptyPayload)
        return isPayloadFit && fits(header, limits.headerBytes) && fits(signature, limits.signatureBytes)
    }

    private static func decodedCount(_ text: ByteSlice) -> Int { text.count / 4 * 3 + text.count % 4 * 3 / 4 }

    private static func check(
        _ text: ByteSlice,
        _ segment: JWSSegment,
        at offset: Int,
        limit: Int
    ) throws(JWSFault) {
        guard !text.isEmpty else { throw .empty(segment) }
        let bytes = decodedCount(text)
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
