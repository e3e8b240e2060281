package import Encoding

/// The process that owns a spool, as it wrote itself into the lock file.
package struct SpoolOwner: Equatable, Sendable {
    /// Its process id.
    package let process: Int32
    /// The boot it runs in, so that an id of an earlier boot is never mistaken for a process of this one.
    package let boot: String
    /// When it took the spool.
    package let since: UnixTime

    /// Reads what `text` wrote; nil for anything else.
    init?(_ bytes: [UInt8]) {
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard words.count == 3, let process = Int32(words[0]), let since = Timestamp.parse(String(words[2])) else {
            return nil
        }
        self.init(process: process, boot: String(words[1]), since: since)
    }

    init(process: Int32, boot: String, since: UnixTime) {
        self.process = process
        self.boot = boot
        self.since = since
    }

    /// The line in the lock file.
    var text: String { "\(process) \(boot) \(Timestamp.rfc3339(since))\n" }
}
