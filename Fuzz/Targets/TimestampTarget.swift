@testable import Encoding

extension FuzzTarget {
    /// RFC 3339 times: what is read, written in UTC, is the same moment.
    static let timestamp = FuzzTarget("timestamp", byteLimit: 64) { bytes throws(BrokenProperty) in
        guard let time = Timestamp.parse(ByteSlice(bytes)) else { return false }
        let text = Timestamp.rfc3339(time)
        try hold(Timestamp.parse(text) == time, "\(text) is another moment")
        try hold(text.utf8.count == 20 && text.hasPrefix(Timestamp.day(time)), "\(text) is not of its day")
        try hold((0...253_402_300_799).contains(time), "a time outside the years 1970 to 9999")
        return true
    }
}
