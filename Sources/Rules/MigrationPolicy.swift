package import Encoding

/// Whether and how far back existing clients may be taken over (`policy.migration`).
package struct MigrationPolicy: Sendable, Equatable {
    /// False refuses every migration batch before anything of it is read.
    package var isAllowed = false
    /// How old a registration may be that is judged as of its own time, in seconds; older ones are judged as of now.
    package var maxHistory: UnixTime = 2557 * 86_400

    package init() {}
}
