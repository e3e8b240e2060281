package import Encoding

/// What is kept of what is finished.
///
/// A result counts as consumed when its mark lies in `acks/`. Only consumed ones have bounds of their own accord:
/// one that nobody took goes only where the bank says after how long.
package struct Retention: Equatable, Sendable {
    /// Inputs as read.
    package var archive = KeepBounds()
    /// Results that were consumed.
    package var results = KeepBounds()
    /// Seconds after which a result goes that nobody consumed, or that was kept apart; nil keeps it for good.
    package var unconsumed: UnixTime?
    /// Files set aside, with the reasons beside them.
    package var failed = KeepBounds()

    /// Keeps everything.
    package init() {}

    /// What bounds a shelf.
    func bounds(of shelf: Shelf) -> KeepBounds {
        switch shelf {
        case .archive: archive
        case .results: results
        case .failed: failed
        }
    }
}
