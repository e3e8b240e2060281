/// How far a pass is, told after each group.
package struct PassProgress: Sendable {
    /// What was done so far.
    package let tally: PassTally
    /// The bytes of files from `incoming` that are done, a batch as far as it is.
    package let bytes: Int64
    /// The batch that is worked on, by its file's name; nil for single files.
    package let batch: String?
}
