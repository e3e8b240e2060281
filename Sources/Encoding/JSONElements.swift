/// The elements of an array in order; none for any other value.
package struct JSONElements: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var index: Int
    private let end: Int

    init(_ value: JSONValue) {
        let node = value.node
        document = value.document
        index = value.index + 1
        end = node.tag == .array ? Int(node.next) : index
    }

    /// The next element.
    package mutating func next() -> JSONValue? {
        guard index < end else { return nil }
        let value = JSONValue(document: document, index: index)
        index = Int(value.node.next)
        return value
    }
}
