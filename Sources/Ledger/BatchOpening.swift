/// What came of opening a batch.
package enum BatchOpening: Sendable, Equatable {
    /// It is new.
    case new(BatchRecord)
    /// It was begun before: go on from its offsets.
    case resumed(BatchRecord)
    /// It was done before: the whole file is a duplicate of this one.
    case finished(BatchRecord)
    /// Another batch used the manifest's batch_id.
    case manifestUsed(by: BatchRecord)
    /// Another file of this stem, with the same first digits of its hash, has the names its results would have.
    case nameTaken(by: BatchRecord)
}
