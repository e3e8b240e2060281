/// The claims of an object by name: one pass over its members, then reading a claim is an array access.
///
/// Reused from object to object; what it returns is valid until the object's document next parses. Not Sendable.
package final class Claims<Name: ClaimName> {
    private let index: ClaimIndex<Name>
    private var document: JSONDocument?
    private var slots: [Int32]
    private var unknown: [Int32] = []

    /// Makes an empty set of claims.
    package init(index: ClaimIndex<Name>) {
        self.index = index
        slots = [Int32](repeating: -1, count: index.count)
    }

    /// Takes in the members of `object`; of anything but an object, none.
    package func read(_ object: JSONValue) {
        clear()
        document = object.document
        for member in object.members {
            if let ordinal = index.ordinals[member.name] {
                slots[ordinal] = Int32(truncatingIfNeeded: member.value.index)
            } else {
                unknown.append(Int32(truncatingIfNeeded: member.value.index))
            }
        }
    }

    /// Forgets the last object: every claim is absent.
    package func clear() {
        for slot in slots.indices { slots[slot] = -1 }
        unknown.removeAll(keepingCapacity: true)
        document = nil
    }

    /// The claim's value, or nil when the object has no such member.
    package subscript(_ name: Name) -> JSONValue? {
        let slot = slots[index.ordinal(of: name)]
        guard slot >= 0, let document else { return nil }
        return JSONValue(document: document, index: Int(slot))
    }

    /// Calls `body` with each member that has no case, in the order of the text.
    package func forEachUnknown<E: Error>(_ body: (ByteSlice, JSONValue) throws(E) -> Void) throws(E) {
        guard let document else { return }
        for slot in unknown {
            let name = JSONValue(document: document, index: Int(slot) - 1)
            try body(name.raw, JSONValue(document: document, index: Int(slot)))
        }
    }
}
