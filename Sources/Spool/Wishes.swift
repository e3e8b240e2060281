import Encoding

/// What an operator asks for by an empty file in the control folder.
package enum Wish: Equatable, Sendable {
    /// Nothing is taken while the file is there.
    case pause
    /// The batch of this stem ends at the next edge of a group; its file goes when it did.
    case cancel(stem: String)

    /// The name of the file.
    package var fileName: String {
        switch self {
        case .pause: "pause"
        case .cancel(let stem): "\(stem).cancel"
        }
    }
}

extension Spool {
    /// Whether an operator asks for this now.
    package func isAsked(_ wish: Wish) throws(SpoolError) -> Bool {
        try folders.control.status(wish.fileName) != nil
    }

    /// The path of a wish's file, for messages.
    package func path(of wish: Wish) -> String { folders.control.path(wish.fileName) }

    /// Removes a wish's file when what it asks for was done.
    package func forget(_ wish: Wish) throws(SpoolError) { _ = try folders.control.remove(wish.fileName) }
}
