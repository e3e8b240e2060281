import CLibcrypto

/// The hashes in use, each fetched from OpenSSL's providers once per process.
enum HashFunction: UInt8, CaseIterable, Sendable {
    case sha1, sha256, sha384, sha512

    /// The bytes of a digest.
    var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// OpenSSL's implementation: looking it up by name costs more than hashing a short text.
    var implementation: Implementation {
        switch self {
        case .sha1: .sha1
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }

    /// One fetched EVP_MD.
    ///
    /// `@unchecked Sendable`: an EVP_MD never changes after the fetch, and these live as long as the process.
    @safe struct Implementation: @unchecked Sendable {
        let pointer: OpaquePointer

        fileprivate static let sha1 = Implementation("SHA1")
        fileprivate static let sha256 = Implementation("SHA256")
        fileprivate static let sha384 = Implementation("SHA384")
        fileprivate static let sha512 = Implementation("SHA512")

        private init(_ name: String) {
            guard let fetched = unsafe EVP_MD_fetch(nil, name, nil) else {
                preconditionFailure("OpenSSL offers no \(name)")
            }
            unsafe pointer = fetched
        }
    }
}
