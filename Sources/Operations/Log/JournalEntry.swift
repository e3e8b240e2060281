/// One line of the log as the journal's own protocol takes it: fields by name, so that `journalctl` can choose by them.
///
/// A field is `NAME=value` and a line feed; a value that holds a line feed is written with its length. Values are cut
/// like those of any line, so an entry has a few thousand bytes at most and fits a datagram.
struct JournalEntry {
    let line: LogLine

    /// The whole datagram.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append("MESSAGE", line.sentence, to: &bytes)
        append("PRIORITY", String(line.level.priority), to: &bytes)
        append("SYSLOG_IDENTIFIER", "counterfoil", to: &bytes)
        if let event = line.event {
            append("COUNTERFOIL_EVENT", event, to: &bytes)
            append("MESSAGE_ID", EventID.of(event), to: &bytes)
        }
        for field in line.fields {
            append("COUNTERFOIL_\(field.name.uppercased())", field.value.text, to: &bytes)
        }
        return bytes
    }

    private func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
        bytes += name.utf8
        if value.utf8.contains(UInt8(ascii: "\n")) {
            bytes.append(UInt8(ascii: "\n"))
            let count = UInt64(value.utf8.count)
            for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: count >> (8 * UInt64(place)))) }
        } else {
            bytes.append(UInt8(ascii: "="))
        }
        bytes += value.utf8
        bytes.append(UInt8(ascii: "\n"))
    }
}
