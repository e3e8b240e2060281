/// The name of a member as it is written: quoted, escaped, with its colon; made once for a name written often.
package struct JSONName: Sendable {
    let text: [UInt8]

    /// Prepares a name.
    package init(_ name: String) {
        let buffer = ByteBuffer(capacity: name.utf8.count + 3)
        JSONEscaping.append(name, to: buffer)
        buffer.append(UInt8(ascii: ":"))
        text = buffer.all.bytes
    }
}
