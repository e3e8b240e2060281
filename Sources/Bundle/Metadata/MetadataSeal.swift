import Crypto
import Encoding

/// Puts signatures on what is to be signed: the bytes of a file of metadata.
enum MetadataSeal {
    /// The file with a signature of each key, in the order of their ids.
    static func file(_ canonical: ByteSlice, by keys: [SigningKey]) throws(BundleFault) -> [UInt8] {
        var signatures: [Envelope.Signature] = []
        for key in keys {
            do throws(CryptoError) {
                let id = MetadataKey(key.publicKey).id
                signatures.append(Envelope.Signature(keyID: id, bytes: try key.sign(canonical)))
            } catch {
                throw BundleFault(.signing, "a key cannot sign: \(error)")
            }
        }
        return file(canonical, signatures)
    }

    /// The file with given signatures, in the order of their keys' ids.
    static func file(_ canonical: ByteSlice, _ signatures: [Envelope.Signature]) -> [UInt8] {
        let buffer = ByteBuffer(capacity: canonical.count + 512)
        var writer = CanonicalWriter(buffer)
        writer.object { writer in
            writer.name("signatures")
            writer.array { writer in
                for signature in signatures.sorted(by: { $0.keyID < $1.keyID }) {
                    writer.object { writer in
                        writer.member("keyid", signature.keyID)
                        writer.member("sig", Hex.encode(signature.bytes))
                    }
                }
            }
            writer.name("signed")
            writer.raw(CanonicalJSON.escaped(canonical))
        }
        return buffer.all.bytes
    }
}
