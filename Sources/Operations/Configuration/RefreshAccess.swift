/// Whether this site fetches keys itself.
package enum RefreshAccess: String, CaseIterable, Sendable {
    /// Keys are fetched from the network.
    case online
    /// No internet socket is ever opened: keys come in bundles and from mirror folders.
    case offline
}
