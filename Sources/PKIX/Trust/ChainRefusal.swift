import Crypto

/// Why no acceptable path from a certificate to a configured anchor was found.
package struct ChainRefusal: Error, Hashable, Sendable {
    /// OpenSSL's verification error (20: no issuer found), or one of ours from 10,000.
    package let code: Int
    package let text: String
    /// Which certificate of the path it is about; the leaf is 0.
    package let depth: Int

    package init(code: Int, text: String, depth: Int) {
        (self.code, self.text, self.depth) = (code, text, depth)
    }

    init(_ fault: ChainFault) {
        switch fault {
        case .path(let error, let text, let depth):
            self.init(code: error, text: text, depth: depth)
        case .malformed(let position):
            self.init(code: 10_001, text: "a certificate of the path is not strict DER", depth: position)
        case .tooMany(let count):
            self.init(
                code: 10_002,
                text: "\(count) certificates came along, which is more than are looked at",
                depth: 0
            )
        case .leafIsAuthority:
            self.init(code: 10_003, text: "the certificate is an authority", depth: 0)
        case .leafVersion(let version):
            self.init(code: 10_004, text: "the certificate is of version \(version)", depth: 0)
        case .library(let error):
            self.init(code: 10_005, text: "OpenSSL could not be set up (\(error.code))", depth: 0)
        }
    }

    /// An issuing certificate that OpenSSL accepts and this product does not.
    static func weakIssuer(_ reason: String, depth: Int) -> ChainRefusal {
        ChainRefusal(code: 10_006, text: reason, depth: depth)
    }
}
