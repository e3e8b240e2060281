/// Why a body waits for an operator instead of taking effect.
package enum HoldRule: String, Sendable, CaseIterable {
    /// It lists no key, and the source had some.
    case empty
    /// It lists no key of the directory's current ones.
    case replacement
    /// It gives a kid of the directory to another key.
    case rebound
}
