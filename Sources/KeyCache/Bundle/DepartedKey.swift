import Encoding
package import JOSE

/// A key that left its set, as another cache knew it.
package struct DepartedKey: Sendable {
    package let url: String
    package let key: VerificationKey
    /// Its stay in the set, both ends as far as they are known.
    package let period: ListedPeriod

    package init(url: String, key: VerificationKey, period: ListedPeriod) {
        self.url = url
        self.key = key
        self.period = period
    }
}
