import Crypto
import Encoding

/// A key of a root, with the id that the form of securesystemslib gives it: the SHA-256 of its canonical JSON.
struct MetadataKey: Sendable {
    let id: String
    let key: VerifyingKey

    init(_ key: VerifyingKey) {
        self.key = key
        let buffer = ByteBuffer(capacity: 1024)
        var writer = CanonicalWriter(buffer)
        Self.write(key, &writer)
        id = SHA256Digest.of(buffer.all).hex
    }

    /// Reads a member of a root's `keys`: of one of our three kinds, and under its own id.
    static func decode(_ value: JSONValue, id: String) throws(BundleFault) -> MetadataKey {
        guard value.count == 3, let type = value["keytype"]?.text?.string, let scheme = value["scheme"]?.text?.string,
            let holder = value["keyval"], holder.count == 1, let text = holder["public"]?.text?.string
        else { throw fault(id, "has other members than keytype, scheme and keyval.public") }
        guard let scheme = SigningScheme(rawValue: scheme), type == Self.type(scheme) else {
            throw fault(id, "is of no kind that is taken: ed25519, ecdsa on P-256, rsa with PSS")
        }
        let key: MetadataKey
        do throws(CryptoError) {
            if scheme == .ed25519 {
                key = MetadataKey(try VerifyingKey(ed25519: Hex.decode(text) ?? []))
            } else {
                key = MetadataKey(try VerifyingKey(pem: text))
            }
        } catch {
            throw fault(id, "cannot be read (\(error.code))")
        }
        guard key.key.scheme == scheme else { throw fault(id, "is not of the kind it says") }
        guard key.id == id else { throw fault(id, "has another id than its contents give") }
        return key
    }

    /// Writes the key as a root holds it.
    static func write(_ key: VerifyingKey, _ writer: inout CanonicalWriter) {
        writer.object { writer in
            writer.member("keytype", type(key.scheme))
            writer.name("keyval")
            writer.object { $0.member("public", key.ed25519.map(Hex.encode) ?? key.pem) }
            writer.member("scheme", key.scheme.rawValue)
        }
    }

    private static func type(_ scheme: SigningScheme) -> String {
        switch scheme {
        case .ed25519: "ed25519"
        case .ecdsaP256: "ecdsa"
        case .rsaPSS: "rsa"
        }
    }

    private static func fault(_ id: String, _ what: String) -> BundleFault {
        BundleFault(.malformed, "the root's key \(Printable.text(id, limit: 64)) \(what)")
    }
}
