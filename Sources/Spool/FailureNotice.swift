import Encoding
import Glibc

/// What `<name>.reason.json` says beside a file that was set aside.
struct FailureNotice: Sendable {
    /// The name it had, hostile bytes repaired.
    let name: String
    let fault: InputFault
    /// Where it was found; nil when that is not known any more.
    let folder: SpoolFolder?
    let at: UnixTime
    /// What lay beside it, by its name and the identity of that very file.
    var companion: (name: String, identity: String)?
    /// The group whose folder both lay in, when there is a companion and that folder is one of `active`.
    var group: String?

    /// The notice as JSON.
    ///
    /// `status` is that of the file; nil when it could not be had.
    func json(_ status: FileStatus?) -> ByteSlice {
        let buffer = ByteBuffer()
        var writer = JSONWriter(buffer)
        writer.beginObject()
        writer.member("v", 1)
        writer.member("name", Printable.text(name, limit: 255))
        writer.member("reason", fault.reason.rawValue)
        writer.member("detail", fault.detail)
        writer.member("remedy", fault.reason.remedy)
        if let folder { writer.member("found_in", folder.rawValue) }
        if let group { writer.member("group", group) }
        if let companion {
            writer.member("companion", companion.name)
            writer.member("companion_id", companion.identity)
        }
        writer.member("set_aside_at", Timestamp.rfc3339(at))
        writer.member("set_aside_by_process", Int64(getpid()))
        if let status {
            writer.member("type", status.kind.rawValue)
            writer.member("owner", Int64(status.owner))
            writer.member("mode", String(status.mode, radix: 8))
            writer.member("bytes", status.size)
            writer.member("changed_at", Timestamp.rfc3339(status.changedAt))
        }
        writer.endObject()
        buffer.append(UInt8(ascii: "\n"))
        return buffer.all
    }
}
