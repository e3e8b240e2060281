/// How many files, and how large.
package struct RetentionAmount: Equatable, Sendable {
    /// Files.
    package var files = 0
    /// Bytes.
    package var bytes: Int64 = 0

    /// Nothing.
    package init() {}

    package static func += (sum: inout RetentionAmount, more: RetentionAmount) {
        sum.files += more.files
        sum.bytes += more.bytes
    }

    static func -= (sum: inout RetentionAmount, less: RetentionAmount) {
        sum.files -= less.files
        sum.bytes -= less.bytes
    }

    mutating func add(_ status: FileStatus) {
        files += 1
        bytes += status.size
    }
}
