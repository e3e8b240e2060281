package import Encoding

/// Which clients are asked for; what is nil asks for all.
package struct ClientFilter: Sendable, Equatable {
    /// Whether a client lives.
    package enum State: String, Sendable, CaseIterable {
        case registered, deleted
    }

    package var organisationID: String?
    package var softwareID: String?
    /// Those issued, updated or deleted at this time or later.
    package var changedSince: UnixTime?
    package var state: State?

    package init() {}
}
