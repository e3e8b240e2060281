/// The members of an object in the order of the text; none for any other value.
public struct JSONMembers: Sequence, IteratorProtocol {
    @usableFromInline let document: JSONDocument
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable @inline(__always)
    init(_ value: JSONValue) {
        let node = value.node
        document = value.document
        index = value.index + 1
        end = node.tag == .object ? Int(node.next) : index
    }

    /// The next member.
    @inlinable @inline(__always)
    public mutating func next() -> (name: ByteSlice, value: JSONValue)? {
        guard index < end else { return nil }
        let name = document.node(index)
        let value = JSONValue(document: document, index: index &+ 1)
        let start = Int(name.start)
        index = Int(value.node.next)
        return (document.text[start..<(start &+ Int(name.count))], value)
    }
}
