/// Where one line of a batch is.
package struct BulkLine: Equatable, Sendable {
    /// Its number; the first line is 1.
    package let number: Int
    /// The byte of the file it begins at.
    package let offset: Int64
    /// The byte of the file the next line begins at: what a resume continues from.
    package let nextOffset: Int64
    /// Where it begins in the block.
    let start: Int
    /// Its bytes, without the line end.
    package let count: Int
    /// Whether it is longer than the limit; then the block does not hold it.
    package let isTooLong: Bool
}
