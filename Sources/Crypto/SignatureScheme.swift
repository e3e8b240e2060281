/// A padding and a hash: what OpenSSL is told before it verifies.
struct SignatureScheme: Equatable, Sendable {
    enum Padding: UInt8, Sendable {
        case pkcs1, pss, ecdsa
    }

    let padding: Padding
    let hash: HashFunction

    init(_ padding: Padding, _ hash: HashFunction) {
        self.padding = padding
        self.hash = hash
    }

    /// A small number that differs for every scheme (below 16).
    var index: Int { Int(padding.rawValue) << 2 | Int(hash.rawValue) }
}
