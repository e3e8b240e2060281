package import Encoding

/// What one attempt to take a group gave.
package struct Take: Sendable {
    /// A file that went to `failed`.
    package struct SetAside: Equatable, Sendable {
        /// Its name, hostile bytes repaired; escape it before showing it.
        package let name: String
        /// Why.
        package let reason: FailureReason
        /// Why, in words.
        package let detail: String
        /// Its path under the spool now.
        package let path: String
    }

    /// A file that stays where it is.
    package struct Left: Equatable, Sendable {
        /// Its name, hostile bytes repaired; escape it before showing it.
        package let name: String
        /// Since when it has been there.
        package let since: UnixTime
        /// Why we leave it.
        package let why: String
    }

    /// What was taken; nil when there was nothing to take.
    package internal(set) var group: TakenGroup?
    /// What went to `failed` on the way.
    package internal(set) var setAside: [SetAside] = []
    /// What was left: a certificate without its request, something we may not move.
    ///
    /// At most 100; expect a fresh certificate here for a moment, because it is submitted before its request.
    package internal(set) var left: [Left] = []
    /// Why the attempt ended early although a group was taken: for its taker to tell once that group is finished.
    package internal(set) var fault: SpoolError?

    /// Adds what a further look into a folder brought, where this one had no group.
    mutating func goOn(with later: Take) {
        group = later.group
        setAside += later.setAside
        left = later.left
        fault = later.fault
    }
}
