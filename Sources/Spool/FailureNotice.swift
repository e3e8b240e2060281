import Encoding
import Glibc

/// What `<name>.reason.json` says beside a file that was set aside.
struct FailureNotice: Sendable {
    /// The name it had, hostile bytes repaired.
    let name: String
    let fault: InputFault
    /// Where it was found.
    let folder: SpoolFolder
    let at: UnixTime

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
        writer.member("found_in", folder.rawValue)
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
