/// Which sources a pass takes on.
package enum RefreshMode: Sendable, Equatable {
    /// Those whose time has come: what the timer runs.
    case due
    case all
    case source(url: String)
    case organisation(id: String)
}
