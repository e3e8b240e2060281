/// What a signature is verified against: the digest of a message under one hash.
///
/// Taken once, whatever keys are tried with it. Only a verifier makes one, so that hash and digest belong together.
package struct MessageDigest: Sendable {
    let hash: HashFunction
    private let words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

    /// Ends a running digest that was begun with `hash`.
    init(_ running: borrowing DigestContext, _ hash: HashFunction) {
        var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)
        unsafe withUnsafeMutableBytes(of: &words) { bytes in
            let typed = unsafe bytes.assumingMemoryBound(to: UInt8.self)
            if let base = typed.baseAddress { unsafe running.finish(into: base) }
        }
        self.hash = hash
        self.words = words
    }

    /// Lends the bytes of the digest, as many as its hash has.
    @unsafe
    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        unsafe Swift.withUnsafeBytes(of: words) { all in
            unsafe body(UnsafeRawBufferPointer(rebasing: all[..<hash.byteCount]))
        }
    }
}
