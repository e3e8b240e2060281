/// A folder of the spool, by what it holds.
package enum SpoolFolder: String, CaseIterable, Sendable {
    /// The drop box: a name that appears here is complete.
    case incoming
    /// Files this process has taken, one folder a group.
    case active
    /// Durable result bytes, not yet visible.
    case staging
    /// Results by day; what is visible is complete and final.
    case results
    /// Marks of consumers, by day: an empty file with the name of a result says that it was taken.
    case acks
    /// Requests that wait for keys.
    case deferred
    /// Files that are no request of ours, by reason, each with its `.reason.json`.
    case failed
    /// Inputs as read, by day and group.
    case archive
    /// Signed cache bundles to import.
    case bundles
    /// Empty files by which an operator asks for a pause, a drain and the like.
    case control

    /// The mode a new folder gets; umask plays no part.
    ///
    /// A drop box (03730: setgid and sticky) lets its group add files but neither list nor replace those of others. It
    /// is made so by root only, because the group of an ordinary user is often everybody's; the operator of such a
    /// spool opens it on purpose.
    func mode(asRoot: Bool) -> UInt32 {
        switch self {
        case .incoming: asRoot ? 0o3730 : 0o700
        case .results: 0o2750
        case .acks: asRoot ? 0o2710 : 0o700
        case .staging: 0o2700
        case .active, .deferred, .failed, .archive, .bundles, .control: 0o700
        }
    }
}
