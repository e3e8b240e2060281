package import Encoding

/// How much of a shelf is kept: what is older goes, and of what is beyond the rest the oldest.
///
/// Nil is no bound.
package struct KeepBounds: Equatable, Sendable {
    /// Seconds; in archive and results they count from the end of the day a folder is named after.
    package var age: UnixTime?
    /// Bytes of all files.
    package var bytes: Int64?
    /// Files.
    package var files: Int?

    /// Bounds; without any, everything is kept.
    package init(age: UnixTime? = nil, bytes: Int64? = nil, files: Int? = nil) {
        self.age = age
        self.bytes = bytes
        self.files = files
    }

    /// Whether what lies there must be counted to know whether too much does.
    var needsTotals: Bool { bytes != nil || files != nil }

    /// Whether there is any bound.
    var isBound: Bool { age != nil || needsTotals }

    func isOver(_ since: UnixTime, at now: UnixTime) -> Bool { age.map { since + $0 <= now } ?? false }

    func isExceeded(by amount: RetentionAmount) -> Bool {
        (bytes.map { amount.bytes > $0 } ?? false) || (files.map { amount.files > $0 } ?? false)
    }
}
