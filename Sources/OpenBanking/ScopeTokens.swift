package import Encoding

/// The tokens of a scope value, split at single spaces (RFC 6749 section 3.3).
package struct ScopeTokens: Sequence {
    private let text: ByteSlice

    package init(_ text: ByteSlice) { self.text = text }

    /// True where one whole token equals `name`; never by substring.
    package func contains(_ name: StaticString) -> Bool { contains { $0.equals(name) } }

    package func makeIterator() -> Iterator { Iterator(rest: text) }

    package struct Iterator: IteratorProtocol {
        fileprivate var rest: ByteSlice?

        package mutating func next() -> ByteSlice? {
            guard let text = rest else { return nil }
            guard let space = text.firstIndex(of: UInt8(ascii: " ")) else {
                rest = nil
                return text
            }
            rest = text[(space + 1)..<text.count]
            return text[0..<space]
        }
    }
}
