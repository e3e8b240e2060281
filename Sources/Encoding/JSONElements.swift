/// The elements of an array in order; none for any other value.
public struct JSONElements: Sequence, IteratorProtocol {
    @usableFromInline let document: JSONDocument
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable @inline(__always)
    init(_ value: JSONValue) {
        let node = value.node
        document = value.document
        index = value.index + 1
        end = node.tag == .array ? Int(node.next) : index
    }

    /// The next element.
    @inlinable @inline(__always)
    public mutating func next() -> JSONValue? {
        guard index < end else { return nil }
        let value = JSONValue(document: document, index: index)
        index = Int(value.node.next)
        return value
    }
}
