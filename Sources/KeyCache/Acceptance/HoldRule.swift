/// Why a body waits for an operator instead of taking effect.
package enum HoldRule: String, Sendable, CaseIterable {
    /// It lists no key, and the source had some.
    case empty
    /// It lists none of the current keys; a participant's new keys count at once, only the old ones wait to go.
    case replacement
    /// It gives a kid of the directory to another key.
    case rebound
    /// Too many sets of its host lost their keys at once: no key goes until that is cleared up; new ones count at once.
    case fleet

    /// Whether only removals wait, so that what the body adds counts at once.
    package func isPartial(for class: SourceClass) -> Bool {
        self == .fleet || (self == .replacement && `class` != .directory)
    }

    /// Whether the source lost all its keys, which counts against its host.
    var isCollapse: Bool { self == .empty || self == .replacement }
}
