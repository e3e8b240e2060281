package import Crypto
package import Encoding

/// A JWS protected header, read in one pass over the parsed object; rules.
///
/// A view: its slices live as long as the document is not parsed again. It judges nothing; rules do. An object, because
/// many rules ask for it, and what they then hold is one reference.
package final class ProtectedHeader {
    /// Which members there are.
    package private(set) var present: HeaderMembers = []
    /// Which members there are with a value of the wrong JSON type.
    package private(set) var misshapen: HeaderMembers = []
    /// Whether `b64` is there and is not `true` (RFC 7797).
    package private(set) var unencodedPayload = false
    /// The algorithm `alg` names, exact to the case; nil for any that does not exist here.
    package private(set) var signatureAlgorithm: SignatureAlgorithm?

    /// All texts lie in one buffer.
    private let text: ByteBuffer
    private var algorithmPlace: Range<Int>?
    private var keyIDPlace: Range<Int>?
    private var typePlace: Range<Int>?
    private var contentTypePlace: Range<Int>?
    private var certificateSHA256Place: Range<Int>?

    /// `alg` as sent.
    package var algorithm: ByteSlice? { algorithmPlace.map { text[$0] } }
    /// `kid`, an opaque byte string.
    package var keyID: ByteSlice? { keyIDPlace.map { text[$0] } }
    /// `typ` as sent.
    package var type: ByteSlice? { typePlace.map { text[$0] } }
    /// `cty` as sent.
    package var contentType: ByteSlice? { contentTypePlace.map { text[$0] } }
    /// `x5t#S256` as sent; padded forms occur.
    package var certificateSHA256: ByteSlice? { certificateSHA256Place.map { text[$0] } }

    /// Whether `crit` is there in any form.
    package var hasCritical: Bool { present.contains(.critical) }
    /// Whether `enc` or `zip` is there: a JWE's header.
    package var isEncrypted: Bool { !present.isDisjoint(with: [.encryption, .compression]) }
    /// Whether a key, or the place of one, is in the header.
    package var hasEmbeddedKey: Bool { !present.isDisjoint(with: .embedded) }

    /// The first of `jwk`, `jku`, `x5c`, `x5u` that is there, by its name in the header.
    package var embedded: String? {
        if present.contains(.key) { return "jwk" }
        if present.contains(.keySetURL) { return "jku" }
        if present.contains(.certificateChain) { return "x5c" }
        if present.contains(.certificateURL) { return "x5u" }
        return nil
    }

    /// Reads `object`; nil when it is not a JSON object.
    package static func read(_ object: JSONValue) -> ProtectedHeader? {
        guard object.kind == .object else { return nil }
        let header = ProtectedHeader(text: object.raw.buffer)
        for member in object.members { header.note(.named(member.name), member.value) }
        return header
    }

    private init(text: ByteBuffer) { self.text = text }

    private func note(_ member: HeaderMembers, _ value: JSONValue) {
        present.insert(member)
        switch member {
        case .algorithm:
            algorithmPlace = place(member, value)
            signatureAlgorithm = algorithm.flatMap(SignatureAlgorithm.named)
        case .keyID: keyIDPlace = place(member, value)
        case .type: typePlace = place(member, value)
        case .contentType: contentTypePlace = place(member, value)
        case .certificateSHA256: certificateSHA256Place = place(member, value)
        case .unencoded:
            unencodedPayload = value.bool != true
            if value.bool == nil { misshapen.insert(member) }
        case .critical:
            if value.kind != .array || value.count == 0 { misshapen.insert(member) }
        default: break
        }
    }

    private func place(_ member: HeaderMembers, _ value: JSONValue) -> Range<Int>? {
        guard let text = value.text else {
            misshapen.insert(member)
            return nil
        }
        return text.start..<text.end
    }
}
