/// Who decided something by hand, and why; kept with the decision.
package struct OperatorWord: Sendable, Equatable {
    /// The longest text kept of either, in characters.
    package static let limit = 500

    package let by: String
    package let why: String

    /// Longer texts are cut.
    package init(by: String, why: String) {
        self.by = String(by.prefix(Self.limit))
        self.why = String(why.prefix(Self.limit))
    }
}
