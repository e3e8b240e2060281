extension JSONValue {
    /// The members of an object; none for any other value.
    @inlinable @inline(__always)
    public var members: JSONMembers { JSONMembers(self) }

    /// The elements of an array; none for any other value.
    @inlinable @inline(__always)
    public var elements: JSONElements { JSONElements(self) }

    /// Calls `body` with each member's name and value.
    @inlinable @inline(__always)
    public func forEachMember<E: Error>(_ body: (ByteSlice, JSONValue) throws(E) -> Void) throws(E) {
        // By index: the iterators would count the document for each member.
        let object = node
        guard object.tag == .object else { return }
        var index = index &+ 1
        while index < Int(object.next) {
            let value = JSONValue(document: document, index: index &+ 1)
            try body(slice(document.node(index)), value)
            index = Int(document.node(index &+ 1).next)
        }
    }

    /// Calls `body` with each element.
    @inlinable @inline(__always)
    public func forEachElement<E: Error>(_ body: (JSONValue) throws(E) -> Void) throws(E) {
        let array = node
        guard array.tag == .array else { return }
        var index = index &+ 1
        while index < Int(array.next) {
            try body(JSONValue(document: document, index: index))
            index = Int(document.node(index).next)
        }
    }

    /// The member with this name, found by walking the members.
    package subscript(_ name: StaticString) -> JSONValue? {
        name.withUTF8Buffer { unsafe member(UnsafeRawBufferPointer($0)) }
    }

    /// The member with this name, found by walking the members.
    package subscript(_ name: String) -> JSONValue? {
        var name = name
        return name.withUTF8 { unsafe member(UnsafeRawBufferPointer($0)) }
    }

    /// The member with the name these bytes spell, found by walking the members.
    package subscript(_ name: ByteSlice) -> JSONValue? {
        unsafe name.withUnsafeBytes { unsafe member($0) }
    }

    private func member(_ name: UnsafeRawBufferPointer) -> JSONValue? {
        let found = unsafe document.member(of: index, named: name)
        return found.map { JSONValue(document: document, index: $0) }
    }
}
