/// The other hashes, for the few places that name them.
package enum Digest {
    /// Returns the SHA-1 of `bytes`: an identifier in `x5t` and in key identifiers, never evidence.
    package static func sha1(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, .sha1) }

    /// Returns the SHA-384 of `bytes`.
    package static func sha384(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, .sha384) }

    /// Returns the SHA-512 of `bytes`.
    package static func sha512(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, .sha512) }

    private static func digest(_ bytes: [UInt8], _ hash: HashFunction) -> [UInt8] {
        let context = DigestContext()
        context.begin(hash)
        unsafe bytes.withUnsafeBytes { unsafe context.update($0) }
        return unsafe [UInt8](unsafeUninitializedCapacity: hash.byteCount) { buffer, count in
            if let base = buffer.baseAddress { unsafe context.finish(into: base) }
            count = hash.byteCount
        }
    }
}
