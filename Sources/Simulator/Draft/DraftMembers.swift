import Encoding

/// The members of a JSON object in order, each of which can be changed, dropped or doubled.
package struct DraftMembers: Equatable, Sendable, ExpressibleByDictionaryLiteral {
    /// One member.
    package struct Member: Equatable, Sendable {
        package var name: String
        package var value: DraftValue
    }

    /// The members in the order they are written.
    package var list: [Member]

    /// Makes members in the order of the literal; names may come twice.
    package init(dictionaryLiteral elements: (String, DraftValue)...) {
        list = elements.map { Member(name: $0.0, value: $0.1) }
    }

    /// The first member of a name; setting nil drops all of that name, setting a value keeps its place.
    package subscript(_ name: String) -> DraftValue? {
        get { list.first { $0.name == name }?.value }
        set {
            guard let newValue else { return list.removeAll { $0.name == name } }
            guard let place = list.firstIndex(where: { $0.name == name }) else { return append(name, newValue) }
            list[place].value = newValue
        }
    }

    /// Adds a member at the end, even one whose name is there already.
    package mutating func append(_ name: String, _ value: DraftValue) {
        list.append(Member(name: name, value: value))
    }

    /// The object as JSON text without white space.
    package var json: String {
        let buffer = ByteBuffer(capacity: 2048)
        var writer = JSONWriter(buffer)
        write(to: &writer)
        return buffer.all.string
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for member in list {
            writer.name(member.name)
            member.value.write(to: &writer)
        }
        writer.endObject()
    }
}
