/// One value of a document; valid until the document's next parse.
package struct JSONValue {
    /// What a value is.
    package enum Kind: Sendable { case null, bool, number, string, array, object }

    let document: JSONDocument
    let index: Int

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    var node: JSONNode { document.node(index) }

    /// What the value is.
    package var kind: Kind {
        switch node.tag {
        case .null: .null
        case .no, .yes: .bool
        case .integer, .decimal: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Whether the value is null.
    package var isNull: Bool { node.tag == .null }

    /// The truth value; nil when it is something else.
    package var bool: Bool? {
        switch node.tag {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// A string's unescaped bytes; nil when it is something else.
    package var text: ByteSlice? {
        let node = node
        return node.tag == .string ? slice(node) : nil
    }

    /// A number written without fraction or exponent that fits Int64; nil otherwise.
    package var integer: Int64? {
        let node = node
        return node.tag == .integer ? node.integer : nil
    }

    /// A number whose value is a whole one that fits Int64, also when written `1.0` or `1e3` (RFC 7519 NumericDate).
    package var integral: Int64? {
        let node = node
        switch node.tag {
        case .integer: return node.integer
        case .decimal: return JSONDecimal.integral(slice(node))
        default: return nil
        }
    }

    /// The source text of a number or literal, the unescaped bytes of a string, nothing for a container.
    package var raw: ByteSlice {
        let node = node
        return node.tag == .array || node.tag == .object ? document.text[0..<0] : slice(node)
    }

    /// How many members or elements there are; 0 for a scalar.
    package var count: Int {
        let node = node
        return node.tag == .array || node.tag == .object ? Int(node.count) : 0
    }

    private func slice(_ node: JSONNode) -> ByteSlice {
        document.text[Int(node.start)..<(Int(node.start) &+ Int(node.count))]
    }
}
