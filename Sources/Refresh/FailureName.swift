import Fetch
import KeyCache

/// The name of a way a source can fail: one of a closed list, which is the same for status, log and metrics.
///
/// A code says more where it ends in a number, `status_503`; its name is then `status`.
package struct FailureName: Hashable, Sendable {
    package let text: String

    /// Every name there is, in the order of docs/FAILURES.md.
    package static let all =
        FetchFailureKind.allCases.map { FailureName(text: $0.rawValue) }
        + BodyFailureKind.allCases.map { FailureName(text: $0.rawValue) }

    /// What a cache says that a later version wrote to.
    package static let unknown = FailureName(text: "unknown")

    private static let known = Set(all)

    /// The name of a code as the cache keeps it.
    package init(code: String) {
        let prefix = FetchFailureKind.status.rawValue + "_"
        let isStatus = code.hasPrefix(prefix) && Int(code.dropFirst(prefix.count)) != nil
        let name = FailureName(text: isStatus ? FetchFailureKind.status.rawValue : code)
        self = Self.known.contains(name) ? name : .unknown
    }

    private init(text: String) { self.text = text }
}
