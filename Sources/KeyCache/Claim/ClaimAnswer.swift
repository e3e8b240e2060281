/// Whether a process may fetch a source now.
package enum ClaimAnswer: Sendable, Equatable {
    /// It may, and nobody else will meanwhile.
    case granted
    /// Another process is fetching it.
    case taken
    /// It was fetched since it was chosen, or is not due any more.
    case notDue
    /// A wanted key would bring the fetch forward, but too many were brought forward lately.
    case overBudget
}
