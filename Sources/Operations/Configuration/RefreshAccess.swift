/// Whether this site fetches keys itself.
package enum RefreshAccess: String, CaseIterable, Sendable {
    /// Keys are fetched from the network.
    case online
    /// No internet socket is ever opened: keys come in bundles and from mirror folders.
    case offline

    /// What to type for newer keys.
    package var command: String {
        switch self {
        case .online: "counterfoil refresh"
        case .offline: "counterfoil bundle import FILE"
        }
    }

    /// The same where nothing less than all of them helps.
    package var commandForAll: String { self == .online ? "\(command) --all" : command }
}
