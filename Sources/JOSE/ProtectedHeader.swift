package import Crypto
package import Encoding

/// A JWS protected header, read in one pass over the parsed object; rules.
///
/// A view: its slices live as long as the document is not parsed again. It judges nothing; rules do.
package struct ProtectedHeader {
    /// Which members there are.
    package private(set) var present: HeaderMembers = []
    /// Which members there are with a value of the wrong JSON type.
    package private(set) var misshapen: HeaderMembers = []
    /// `alg` as sent.
    package private(set) var algorithm: ByteSlice?
    /// `kid`, an opaque byte string.
    package private(set) var keyID: ByteSlice?
    /// `typ` as sent.
    package private(set) var type: ByteSlice?
    /// `cty` as sent.
    package private(set) var contentType: ByteSlice?
    /// `x5t#S256` as sent; padded forms occur.
    package private(set) var certificateSHA256: ByteSlice?
    /// Whether `b64` is there and is not `true` (RFC 7797).
    package private(set) var unencodedPayload = false

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

    /// The signature algorithm `alg` names, exact to the case; nil for any that does not exist here.
    package var signatureAlgorithm: SignatureAlgorithm? { algorithm.flatMap(SignatureAlgorithm.named) }

    /// Reads `object`; nil when it is not a JSON object.
    package static func read(_ object: JSONValue) -> ProtectedHeader? {
        guard object.kind == .object else { return nil }
        var header = ProtectedHeader()
        object.forEachMember { name, value in header.note(.named(name), value) }
        return header
    }

    private mutating func note(_ member: HeaderMembers, _ value: JSONValue) {
        present.insert(member)
        switch member {
        case .algorithm: algorithm = text(member, value)
        case .keyID: keyID = text(member, value)
        case .type: type = text(member, value)
        case .contentType: contentType = text(member, value)
        case .certificateSHA256: certificateSHA256 = text(member, value)
        case .unencoded:
            unencodedPayload = value.bool != true
            if value.bool == nil { misshapen.insert(member) }
        case .critical:
            if value.kind != .array || value.count == 0 { misshapen.insert(member) }
        default: break
        }
    }

    private mutating func text(_ member: HeaderMembers, _ value: JSONValue) -> ByteSlice? {
        guard let text = value.text else {
            misshapen.insert(member)
            return nil
        }
        return text
    }
}
