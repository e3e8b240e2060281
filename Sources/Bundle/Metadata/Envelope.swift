import Crypto
import Encoding

/// One file of metadata: what is signed, and the signatures on it.
///
/// The value of `signed` is valid as long as the envelope lives. Belongs to one thread.
final class Envelope {
    struct Signature {
        let keyID: String
        let bytes: [UInt8]
    }

    let role: MetadataRole
    let signatures: [Signature]
    /// The bytes the signatures are over.
    let canonical: ByteSlice
    /// The digest of the whole file.
    let fileDigest: SHA256Digest

    private let document: JSONDocument

    /// What is signed.
    var signed: JSONValue { document.root["signed"] ?? document.root }

    /// Reads a file: strict JSON with `signatures` and `signed` and nothing else, of the role it was asked for.
    init(_ bytes: [UInt8], _ role: MetadataRole) throws(BundleFault) {
        self.role = role
        document = JSONDocument(limits: Self.limits(role))
        do throws(JSONError) {
            try document.parse(bytes)
        } catch {
            throw BundleFault(.malformed, "\(role.rawValue).json is no JSON of ours: \(error)")
        }
        let root = document.root
        guard root.count == 2, let list = root["signatures"], list.kind == .array, let signed = root["signed"],
            signed.kind == .object
        else {
            throw BundleFault(.malformed, "\(role.rawValue).json has other members than signatures and signed")
        }
        guard signed["_type"]?.text?.string == role.rawValue else {
            throw BundleFault(.malformed, "\(role.rawValue).json says that it is something else")
        }
        let buffer = ByteBuffer(capacity: bytes.count)
        guard CanonicalJSON.append(signed, to: buffer) else {
            throw BundleFault(.malformed, "\(role.rawValue).json has a number that is not whole")
        }
        canonical = buffer.all
        fileDigest = SHA256Digest.of(bytes)
        signatures = try Self.signatures(list, role)
    }

    /// The digest of what is signed: the same however often it is signed anew.
    var signedDigest: SHA256Digest { SHA256Digest.of(canonical) }

    /// Takes the signatures over a canonical text apart.
    private static func signatures(_ list: JSONValue, _ role: MetadataRole) throws(BundleFault) -> [Signature] {
        guard list.count <= BundleLimits.signatures else {
            throw BundleFault(.malformed, "\(role.rawValue).json has more than \(BundleLimits.signatures) signatures")
        }
        var signatures: [Signature] = []
        for item in list.elements {
            guard item.count == 2, let id = item["keyid"]?.text?.string, let text = item["sig"]?.text?.string,
                let bytes = Hex.decode(text), Hex.encode(bytes) == text
            else { throw BundleFault(.malformed, "\(role.rawValue).json has a signature that cannot be read") }
            guard !signatures.contains(where: { $0.keyID == id }) else {
                throw BundleFault(.malformed, "\(role.rawValue).json has two signatures of one key")
            }
            signatures.append(Signature(keyID: id, bytes: bytes))
        }
        return signatures
    }

    private static func limits(_ role: MetadataRole) -> JSONLimits {
        var limits = JSONLimits()
        limits.textBytes = role.byteLimit
        limits.elements = max(BundleLimits.keys, BundleLimits.signatures)
        limits.members = role == .targets ? BundleLimits.sources + 3 : 2 * BundleLimits.keys
        limits.nodes = role == .targets ? 40 * (BundleLimits.sources + 3) : 8_192
        return limits
    }
}
