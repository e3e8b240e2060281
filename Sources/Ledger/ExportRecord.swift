package import Encoding

/// A whole export that was made: the next one can go on from it.
package struct ExportRecord: Sendable, Equatable {
    package var format: String
    package var madeAt: UnixTime
    /// The group after which changes counted; -1 for all.
    package var after: Int64
    /// The last group it covers.
    package var through: Int64
    package var clients = 0
    package var deleted = 0
    package var withheld = 0
    package var hasSecrets = false

    package init(format: String, madeAt: UnixTime, after: Int64, through: Int64) {
        (self.format, self.madeAt, self.after, self.through) = (format, madeAt, after, through)
    }
}
