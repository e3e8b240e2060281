/// One value of a document; valid until the document's next parse.
public struct JSONValue {
    /// What a value is.
    public enum Kind: Sendable { case null, bool, number, string, array, object }

    @usableFromInline let document: JSONDocument
    @usableFromInline let index: Int

    @inlinable @inline(__always)
    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    @inlinable @inline(__always)
    var node: JSONNode { document.node(index) }

    /// What the value is.
    @inlinable @inline(__always)
    public var kind: Kind {
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
    @inlinable @inline(__always)
    public var isNull: Bool { node.tag == .null }

    /// The truth value; nil when it is something else.
    @inlinable @inline(__always)
    public var bool: Bool? {
        switch node.tag {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// A string's unescaped bytes; nil when it is something else.
    @inlinable @inline(__always)
    public var text: ByteSlice? {
        let node = node
        return node.tag == .string ? slice(node) : nil
    }

    /// A number written without fraction or exponent that fits Int64; nil otherwise.
    @inlinable @inline(__always)
    public var integer: Int64? {
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
    @inlinable @inline(__always)
    public var raw: ByteSlice {
        let node = node
        return node.tag == .array || node.tag == .object ? document.text[0..<0] : slice(node)
    }

    /// How many members or elements there are; 0 for a scalar.
    @inlinable @inline(__always)
    public var count: Int {
        let node = node
        return node.tag == .array || node.tag == .object ? Int(node.count) : 0
    }

    @inlinable @inline(__always)
    func slice(_ node: JSONNode) -> ByteSlice {
        document.text[Int(node.start)..<(Int(node.start) &+ Int(node.count))]
    }
}
