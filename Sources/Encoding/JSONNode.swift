/// One value or member name on a document's tape: 24 bytes, in the order of the text.
///
/// An object is followed by name, value, name, value…; `next` is the tape index behind the whole value.
struct JSONNode {
    enum Tag: UInt8 {
        case null, no, yes, integer, decimal, string, array, object
    }

    /// Text offset of the value, behind the quote of a string.
    var start: UInt32
    /// Bytes of a string or number, members of an object, elements of an array.
    var count: UInt32
    /// The index behind the value; while a container is open, the index of the one around it.
    var next: UInt32
    var tag: Tag
    /// An integer's value.
    var integer: Int64
}
