package import Encoding

/// How much lies in each folder of a spool.
package struct SpoolCounts: Equatable, Sendable {
    /// How many files, how large and how old.
    package struct Count: Equatable, Sendable {
        /// Files.
        package private(set) var files = 0
        /// Bytes.
        package private(set) var bytes: Int64 = 0
        /// Since when the oldest has been there.
        package private(set) var oldest: UnixTime?

        mutating func add(bytes: Int64, since: UnixTime) {
            files += 1
            self.bytes += bytes
            oldest = min(oldest ?? since, since)
        }
    }

    /// Files in the drop box, complete ones only.
    package internal(set) var incoming = Count()
    /// Files in the drop box that somebody is still writing.
    package internal(set) var unfinished = 0
    /// Files that are taken.
    package internal(set) var active = Count()
    /// Groups that are taken.
    package internal(set) var groups = 0
    /// Result files not yet visible.
    package internal(set) var staging = Count()
    /// Requests that wait for keys.
    package internal(set) var deferred = Count()
    /// Files set aside, by reason; reasons with none are left out.
    package internal(set) var failed: [FailureReason: Int] = [:]
    /// Bundles to import.
    package internal(set) var bundles = Count()
    /// Wishes of an operator.
    package internal(set) var control = Count()
    /// Folders we may not list.
    package internal(set) var unreadable: [SpoolFolder] = []
    /// Folders that are not there.
    package internal(set) var missing: [SpoolFolder] = []
}
