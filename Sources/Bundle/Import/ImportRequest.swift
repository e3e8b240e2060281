package import Crypto
package import Encoding
package import KeyCache

/// What an operator decides about an import.
package struct ImportRequest: Sendable {
    /// An operator's word that a bundle counts beyond its expiry.
    package struct Override: Sendable, Equatable {
        package let until: UnixTime
        package let word: OperatorWord

        package init(until: UnixTime, _ word: OperatorWord) {
            (self.until, self.word) = (until, word)
        }
    }

    /// The environment of this site, such as `production`: sources of another are a fault.
    package var environment: String
    /// The directory's own key sets that this site trusts; a bundle cannot add one.
    package var directories: Set<String>
    /// The pinned root of the command line or configuration; nil for the cache's own.
    package var pin: SHA256Digest?
    package var override: Override?
    /// Whether to do everything but keep it.
    package var isRehearsal: Bool
    package var time: UnixTime

    package init(
        environment: String,
        directories: Set<String>,
        pin: SHA256Digest? = nil,
        override: Override? = nil,
        isRehearsal: Bool = false,
        time: UnixTime
    ) {
        self.environment = environment
        self.directories = directories
        self.pin = pin
        self.override = override
        self.isRehearsal = isRehearsal
        self.time = time
    }
}
