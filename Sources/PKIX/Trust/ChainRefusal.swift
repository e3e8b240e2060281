/// Why no acceptable path from a certificate to a configured anchor was found.
package struct ChainRefusal: Error, Hashable, Sendable {
    /// OpenSSL's verification error, or one of the codes of this type from 10,000.
    package let code: Int
    package let text: String
    /// Which certificate of the path it is about; the leaf is 0.
    package let depth: Int

    package init(code: Int, text: String, depth: Int) {
        (self.code, self.text, self.depth) = (code, text, depth)
    }

    /// An issuing certificate that OpenSSL accepts and this product does not.
    static func weakIssuer(_ reason: String, depth: Int) -> ChainRefusal {
        ChainRefusal(code: 10_001, text: reason, depth: depth)
    }
}
