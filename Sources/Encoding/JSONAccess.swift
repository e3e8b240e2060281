extension JSONValue {
    /// The members of an object; none for any other value.
    package var members: JSONMembers { JSONMembers(self) }

    /// The elements of an array; none for any other value.
    package var elements: JSONElements { JSONElements(self) }

    /// Calls `body` with each member's name and value.
    package func forEachMember<E: Error>(_ body: (ByteSlice, JSONValue) throws(E) -> Void) throws(E) {
        for member in members { try body(member.name, member.value) }
    }

    /// Calls `body` with each element.
    package func forEachElement<E: Error>(_ body: (JSONValue) throws(E) -> Void) throws(E) {
        for element in elements { try body(element) }
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
