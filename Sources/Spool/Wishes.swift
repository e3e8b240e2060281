import Encoding

/// What an operator asks for by an empty file in the control folder.
package enum Wish: Equatable, Sendable {
    /// Nothing is taken while the file is there.
    case pause
    /// The batch of this stem ends at the next edge of a group; its file goes when it did.
    case cancel(stem: String)
    /// The request that waits under this name in `deferred/` is tried in the next pass; its file goes when it was.
    case retry(String)

    private static let retryEnding = ".retry"

    /// The wish that a file in the control folder stands for; nil for any other.
    init?(fileName: String) {
        if fileName == "pause" {
            self = .pause
        } else if fileName.hasSuffix(".cancel") {
            self = .cancel(stem: String(fileName.dropLast(7)))
        } else if fileName.hasSuffix(Self.retryEnding) {
            self = .retry(String(fileName.dropLast(Self.retryEnding.count)))
        } else {
            return nil
        }
    }

    /// The name of the file.
    package var fileName: String {
        switch self {
        case .pause: "pause"
        case .cancel(let stem): "\(stem).cancel"
        case .retry(let name): "\(name)\(Self.retryEnding)"
        }
    }
}

extension Spool {
    /// Whether an operator asks for this now.
    package func isAsked(_ wish: Wish) throws(SpoolError) -> Bool {
        try folders.control.status(wish.fileName) != nil
    }

    /// The names in `deferred/` of the requests that are to be tried now; at most 10,000, the others in a later pass.
    package func retries() throws(SpoolError) -> [String] {
        var names: [String] = []
        let listing = try Listing(folders.control)
        while names.count < 10_000, let entry = try unsafe listing.next({ unsafe $0.text }) {
            if case .retry(let name)? = Wish(fileName: entry), SpoolLayout.isOurs(entry) { names.append(name) }
        }
        return names
    }

    /// The path of a wish's file, for messages.
    package func path(of wish: Wish) -> String { folders.control.path(wish.fileName) }

    /// Removes a wish's file when what it asks for was done.
    package func forget(_ wish: Wish) throws(SpoolError) { _ = try folders.control.remove(wish.fileName) }
}
