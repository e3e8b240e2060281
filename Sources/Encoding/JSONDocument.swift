import Glibc

/// A strict JSON reader (RFC 8259) and what it last read, as a flat tape over its own copy of the text.
///
/// Member names are unique after unescaping, text is UTF-8 without a byte order mark, escapes never make half a
/// surrogate pair. One pass, no allocation once warm. Not Sendable: a worker owns its documents.
@safe
public final class JSONDocument {
    /// The bounds the next parse keeps.
    package var limits: JSONLimits

    @usableFromInline let text = ByteBuffer(capacity: 8_192)
    @usableFromInline @exclusivity(unchecked) private(set) var nodes: UnsafeMutablePointer<JSONNode>
    @safe @usableFromInline @exclusivity(unchecked) private(set) var nodeCount = 1
    private var nodeCapacity = 256
    private var names: JSONNameTable

    /// Makes an empty document, whose root is null.
    package init(limits: JSONLimits = .request) {
        self.limits = limits
        unsafe nodes = .allocate(capacity: 256)
        unsafe nodes.initialize(to: Self.none)
        names = JSONNameTable()
    }

    deinit {
        unsafe nodes.deallocate()
        names.free()
    }

    private static let none = JSONNode(start: 0, count: 0, next: 1, tag: .null, integer: 0)

    /// The outermost value of the last successful parse; null before the first and after a failed one.
    @inlinable @inline(__always)
    public var root: JSONValue { JSONValue(document: self, index: 0) }

    /// Reads a copy of `source`.
    package func parse(_ source: ByteSlice) throws(JSONError) {
        clear()
        guard source.count <= limits.textBytes else { throw .textLimit(source.count) }
        text.replace(with: source)
        try read()
    }

    /// Reads a copy of `bytes`.
    package func parse(_ bytes: [UInt8]) throws(JSONError) {
        clear()
        guard bytes.count <= limits.textBytes else { throw .textLimit(bytes.count) }
        text.removeAll()
        text.append(bytes)
        try read()
    }

    /// Decodes base64url straight into the document's own text and reads that.
    package func parse(base64url source: ByteSlice) throws(JSONDecodeError) {
        clear()
        guard source.count / 4 * 3 <= limits.textBytes else { throw .json(.textLimit(source.count / 4 * 3)) }
        let source = source.buffer === text ? ByteSlice(source.bytes) : source
        text.removeAll()
        do { try Base64URL.decode(source, into: text) } catch { throw .base64(error) }
        guard text.count <= limits.textBytes else { throw .json(.textLimit(text.count)) }
        do { try read() } catch { throw .json(error) }
    }

    /// The node at `index`, which must lie on the tape.
    @inlinable @inline(__always)
    func node(_ index: Int) -> JSONNode {
        precondition(index >= 0 && index < nodeCount, "value outlived its document's text")
        return unsafe nodes[index]
    }

    /// The bytes of the string at `index`; nil where another value is.
    @inlinable @inline(__always)
    func text(at index: Int) -> ByteSlice? {
        let node = node(index)
        return node.tag == .string ? text[Int(node.start)..<(Int(node.start) &+ Int(node.count))] : nil
    }

    /// Lends the bytes of a node's text to `body`.
    @unsafe
    func withBytes(of node: JSONNode, _ body: (UnsafeRawBufferPointer) -> Void) {
        precondition(Int(node.start) + Int(node.count) <= text.count, "a value outside the text")
        unsafe body(UnsafeRawBufferPointer(start: text.base + Int(node.start), count: Int(node.count)))
    }

    /// Calls `body` with the bytes of each name of the object at `index`, their `ByteHash` and the index of its value; not
    /// at all where no object is.
    @unsafe
    func forEachMember(of index: Int, _ body: (UnsafeRawBufferPointer, UInt64, Int) -> Void) {
        let object = node(index)
        guard object.tag == .object else { return }
        var current = index + 1
        while current < Int(object.next) {
            let name = node(current)
            precondition(Int(name.start) + Int(name.count) <= text.count, "a name outside the text")
            let bytes = unsafe UnsafeRawBufferPointer(start: text.base + Int(name.start), count: Int(name.count))
            unsafe body(bytes, UInt64(bitPattern: name.integer), current + 1)
            current = Int(node(current + 1).next)
        }
    }

    /// The node of the value behind the name with these bytes in the object at `index`; nil when it is no object.
    func member(of index: Int, named name: UnsafeRawBufferPointer) -> Int? {
        let object = node(index)
        guard object.tag == .object else { return nil }
        let wanted = unsafe name.baseAddress ?? UnsafeRawPointer(text.base)
        var current = index + 1
        while current < Int(object.next) {
            let start = unsafe Int(nodes[current].start)
            if unsafe Int(nodes[current].count) == name.count, start + name.count <= text.count,
                unsafe memcmp(text.base + start, wanted, name.count) == 0
            {
                return current + 1
            }
            current = unsafe Int(nodes[current + 1].next)
        }
        return nil
    }

    private func clear() {
        unsafe nodes[0] = Self.none
        nodeCount = 1
    }

    private func read() throws(JSONError) {
        text.pad(JSONParser.padding)
        names.removeAll()
        var parser = unsafe JSONParser(text, nodes, nodeCapacity, names, limits)
        defer {
            unsafe nodes = unsafe parser.nodes
            nodeCapacity = parser.nodeCapacity
            names = parser.names
        }
        do {
            try parser.run()
            nodeCount = parser.nodeCount
        } catch {
            unsafe parser.nodes[0] = Self.none
            throw error
        }
    }
}
