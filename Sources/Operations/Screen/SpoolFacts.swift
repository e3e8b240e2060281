package import Encoding

/// The spool as the status screen shows it.
package struct SpoolFacts: Equatable, Sendable {
    /// Files waiting to be taken.
    package var incoming = 0
    /// When the oldest of them appeared.
    package var oldestIncoming: UnixTime?
    /// Files taken and not yet archived.
    package var active = 0
    /// Requests that wait for keys.
    package var deferred = 0
    /// Since when the oldest of them waits.
    package var oldestDeferred: UnixTime?
    /// When the next of them is tried again.
    package var nextTry: UnixTime?
    /// Files put into failed/.
    package var failed = 0
    /// Whether an operator asks for a pause.
    package var isPaused = false
    /// What its disk has too little of for anything to be taken; nil where there is enough.
    package var shortage: Shortage?
    /// Bytes free on its disk.
    package var diskFree: Int64?

    /// Too little room, in words.
    package struct Shortage: Equatable, Sendable {
        /// How much is free and how much must be, such as `only 2.1 MiB of 256 MiB are free`.
        package let words: String
        /// What to do.
        package let remedy: String

        /// Puts both into words where the disk is asked.
        package init(words: String, remedy: String) { (self.words, self.remedy) = (words, remedy) }
    }

    /// Nothing counted yet.
    package init() {}
}
