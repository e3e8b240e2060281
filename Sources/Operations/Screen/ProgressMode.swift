/// Who is told how far a run is.
package enum ProgressMode: String, CaseIterable, Sendable {
    /// A person at a terminal; nobody else.
    case auto
    /// Whoever reads standard error: a line every ten seconds.
    case plain
    /// Nobody.
    case off
}
