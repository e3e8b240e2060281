/// A part of the spool where finished things lie until they are old enough to go.
package enum Shelf: String, CaseIterable, Sendable {
    /// Inputs as read, by day and group.
    case archive
    /// Results by day.
    case results
    /// Files set aside, by reason.
    case failed

    var folder: SpoolFolder {
        switch self {
        case .archive: .archive
        case .results: .results
        case .failed: .failed
        }
    }
}
