import Crypto
import Encoding

/// The certificates of one JWK: `x5c` decoded, `x5t` and `x5t#S256` checked.
///
/// A chain that cannot be read costs the key its certificate, never its place in the set (C13).
struct KeyChain {
    private(set) var leaf: [UInt8]?
    private(set) var issuers: [[UInt8]] = []
    private(set) var notices: [KeyNotice] = []
    private let index: Int

    /// Reads the certificate members of `jwk`, entry `index` of its set.
    init(of jwk: JSONValue, index: Int, limits: JWKSetLimits) {
        self.index = index
        guard let member = jwk["x5c"] else { return }
        guard member.kind == .array, member.count > 0 else {
            note(.x5cUnreadable, "x5c is not an array of certificates")
            return
        }
        if member.count > limits.chain {
            note(.x5cTooLong, "x5c has \(member.count) certificates, the limit is \(limits.chain)")
        }
        var position = 0
        member.forEachElement { element in
            if position < limits.chain { add(element, at: position, limits: limits) }
            position += 1
        }
        if let leaf { checkDigests(of: leaf, in: jwk) }
    }

    /// The SubjectPublicKeyInfo in the leaf, or nil where there is no leaf.
    var subjectPublicKeyInfo: [UInt8]? { leaf.flatMap(CertificateKey.subjectPublicKeyInfo) }

    private mutating func add(_ element: JSONValue, at position: Int, limits: JWKSetLimits) {
        guard position == 0 || leaf != nil else { return }
        guard var text = element.text?.bytes else {
            return note(.x5cUnreadable, "x5c[\(position)] is not a string")
        }
        let sent = text.count
        text.removeAll(where: isWhiteSpace)
        let buffer = ByteBuffer(capacity: text.count)
        do {
            try Base64.decode(ByteSlice(text), into: buffer)
        } catch {
            return note(.x5cUnreadable, "x5c[\(position)] is not base64: \(error)")
        }
        let certificate = buffer.all.bytes
        guard certificate.count <= limits.certificateBytes else {
            let bytes = certificate.count
            return note(.x5cUnreadable, "x5c[\(position)] has \(bytes) bytes, the limit is \(limits.certificateBytes)")
        }
        guard CertificateKey.subjectPublicKeyInfo(of: certificate) != nil else {
            return note(.x5cUnreadable, "x5c[\(position)] is not an X.509 certificate")
        }
        if text.count < sent { note(.x5cWhiteSpace, "x5c[\(position)] has white space in it") }
        if position == 0 { leaf = certificate } else { issuers.append(certificate) }
    }

    private mutating func checkDigests(of leaf: [UInt8], in jwk: JSONValue) {
        var wrong: [String] = []
        if let text = jwk["x5t"], !isDigest(text, Digest.sha1(leaf)) { wrong.append("x5t") }
        if let text = jwk["x5t#S256"], !isDigest(text, SHA256Digest.of(leaf).bytes) { wrong.append("x5t#S256") }
        guard !wrong.isEmpty else { return }
        let verb = wrong.count == 1 ? "is not the digest" : "are not digests"
        note(.x5tMismatch, "\(wrong.joined(separator: " and ")) \(verb) of x5c[0]")
    }

    /// Whether `value` is the base64url of `digest`; the directory pads it (R-091).
    private func isDigest(_ value: JSONValue, _ digest: [UInt8]) -> Bool {
        guard let text = value.text else { return false }
        let plain = Base64URL.encode(digest)
        return text.equals(plain) || text.equals(plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }

    private func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

    private mutating func note(_ code: KeyNotice.Code, _ text: String) {
        notices.append(KeyNotice(index: index, code: code, text: text))
    }
}
