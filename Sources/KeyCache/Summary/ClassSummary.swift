/// How many sources of a class are how far to be relied on.
package struct ClassSummary: Sendable, Equatable {
    package let `class`: SourceClass
    package var fresh = 0
    package var stale = 0
    package var unusable = 0
    package var never = 0
    /// How many of them have a body that waits for an operator.
    package var held = 0

    init(_ class: SourceClass) { self.class = `class` }

    /// All sources of the class.
    package var total: Int { fresh + stale + unusable + never }
}
