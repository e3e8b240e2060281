/// The claims of an object by name: one pass over its members, then reading a claim is an array access.
///
/// Reused from object to object of one document; what it returns is valid until the document next parses. Not
/// Sendable. The document is fixed, so that reading a claim need not count who holds it.
public final class Claims<Name: ClaimName> {
    @usableFromInline let index: ClaimIndex<Name>
    /// What the claims are read from.
    @usableFromInline package let document: JSONDocument
    @safe @usableFromInline @exclusivity(unchecked) private(set) var slots: [Int32]
    private var unknown: [Int32] = []

    /// Makes an empty set of claims, to be read from objects of `document`.
    package init(index: ClaimIndex<Name>, of document: JSONDocument) {
        self.index = index
        self.document = document
        slots = [Int32](repeating: -1, count: index.count)
    }

    /// Takes in the members of `object`, a value of the document; of anything but an object, none.
    package func read(_ object: JSONValue) {
        precondition(object.document === document, "claims of another document")
        clear()
        unsafe document.forEachMember(of: object.index) { name, hash, value in
            let ordinal = unsafe index.ordinals.value(of: name, hash: hash)
            if let ordinal {
                slots[ordinal] = Int32(truncatingIfNeeded: value)
            } else {
                unknown.append(Int32(truncatingIfNeeded: value))
            }
        }
    }

    /// Forgets the last object: every claim is absent.
    package func clear() {
        for slot in slots.indices { slots[slot] = -1 }
        if !unknown.isEmpty { unknown.removeAll(keepingCapacity: true) }
    }

    /// The claim's value, or nil when the object has no such member.
    @inlinable @inline(__always)
    public subscript(_ name: Name) -> JSONValue? {
        let slot = slots[index.ordinal(of: name)]
        guard slot >= 0 else { return nil }
        return JSONValue(document: document, index: Int(slot))
    }

    /// The text of the claim's value, or nil where it is absent or no string.
    @inlinable @inline(__always)
    public func text(_ name: Name) -> ByteSlice? {
        let slot = slots[index.ordinal(of: name)]
        return slot < 0 ? nil : document.text(at: Int(slot))
    }

    /// Where the claim's value is on the tape of the document; nil where there is none.
    @inlinable @inline(__always)
    public func place(of name: Name) -> Int? {
        let slot = slots[index.ordinal(of: name)]
        return slot < 0 ? nil : Int(slot)
    }

    // What most claims are asked, answered without making a value of them: a value counts who holds its document.

    /// Whether the claim is a string with at least one byte and at most `maximum`.
    @inlinable @inline(__always)
    public func isText(_ name: Name, maximum: Int = .max) -> Bool {
        let slot = slots[index.ordinal(of: name)]
        guard slot >= 0 else { return false }
        let node = document.node(Int(slot))
        return node.tag == .string && node.count > 0 && node.count <= maximum
    }

    /// Whether the claim is an array with an element of exactly these bytes.
    @inlinable @inline(__always)
    public func hasElement(_ name: Name, _ text: StaticString) -> Bool {
        let slot = slots[index.ordinal(of: name)]
        guard slot >= 0 else { return false }
        return document.hasElement(of: Int(slot), text)
    }

    /// Whether all text in the claim, a string or an array's strings, is printable ASCII of at most `maximum` bytes.
    @inlinable @inline(__always)
    public func isPlain(_ name: Name, maximum: Int) -> Bool {
        let slot = slots[index.ordinal(of: name)]
        return slot < 0 || document.isPlain(Int(slot), maximum: maximum)
    }

    /// Calls `body` with each member that has no case, in the order of the text.
    package func forEachUnknown<E: Error>(_ body: (ByteSlice, JSONValue) throws(E) -> Void) throws(E) {
        for slot in unknown {
            let name = JSONValue(document: document, index: Int(slot) - 1)
            try body(name.raw, JSONValue(document: document, index: Int(slot)))
        }
    }
}
