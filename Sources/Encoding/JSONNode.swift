/// One value or member name on a document's tape: 24 bytes, in the order of the text.
///
/// An object is followed by name, value, name, value…; `next` is the tape index behind the whole value.
@usableFromInline
struct JSONNode: Sendable {
    @usableFromInline
    enum Tag: UInt8, Sendable {
        case null, no, yes, integer, decimal, string, array, object
    }

    /// Text offset of the value, behind the quote of a string.
    @usableFromInline var start: UInt32
    /// Bytes of a string or number, members of an object, elements of an array.
    @usableFromInline var count: UInt32
    /// The index behind the value; while a container is open, the index of the one around it.
    @usableFromInline var next: UInt32
    @usableFromInline var tag: Tag
    /// An integer's value; the `ByteHash` of a member's name.
    @usableFromInline var integer: Int64
}
