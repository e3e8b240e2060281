/// One tag-length-value of a DER text, as positions in the bytes it was read from.
package struct DERElement: Equatable, Sendable {
    /// The identifier octet; numbers above 30 never get this far.
    package let tag: UInt8
    /// Where the identifier octet is.
    package let start: Int
    /// The content octets.
    package let content: Range<Int>

    /// Identifier, length and content octets together.
    package var whole: Range<Int> { start..<content.upperBound }
}
