import Encoding
package import JOSE

/// What the operator decides about the cache; every value has a default.
package struct CacheSettings: Sendable {
    package var directory = ClassLimits.directory
    package var organisation = ClassLimits.participant
    package var software = ClassLimits.participant
    package var revoked = ClassLimits.revoked
    package var revocationList = ClassLimits.revocationList

    /// How long a directory key vouches for older statements after it left the set.
    package var directoryGrace: Int64 = 72 * 3600
    /// The same for a participant's key whose revoked set we watch: revocation has its own channel.
    package var watchedGrace: Int64 = 24 * 3600
    /// The same where no revoked set is watched.
    package var unwatchedGrace: Int64 = 900

    /// The bounds of a key set.
    package var keySetLimits = JWKSetLimits.standard
    /// The most bytes a revocation list may have.
    package var revocationListByteLimit = 64 << 20
    /// The most sources kept.
    package var sourceLimit = 20_000
    /// The most wanted keys remembered; the one wanted least lately gives way.
    package var wantedLimit = 10_000
    /// The most of them per source, so that a flood at one leaves room for the others.
    package var wantedPerSource = 100
    /// The shortest time from any attempt to a fetch ahead of schedule for a wanted key.
    package var wantedInterval: Int64 = 60
    /// How often, and over what time, the same empty set must be seen before a participant's keys retire by themselves.
    package var emptyConfirmations = 3
    package var emptyConfirmationTime: Int64 = 24 * 3600
    /// How long a participant's keys stay after a set that has none of them, until the same set is seen again.
    package var replacementConfirmationTime: Int64 = 900
    /// Within what time how many sources of one host, and what share of them, must lose their keys to hold all removals.
    package var fleetWindow: Int64 = 1800
    package var fleetCount = 5
    package var fleetPercent = 10
    /// How long a revocation list counts as good after its own next update; nothing unless an operator says so.
    package var revocationListGrace: Int64 = 0
    /// How long past states of the cache can be told, so that what was judged then can be judged again.
    package var replayTime: Int64 = 100 * 86_400
    /// How many seconds to wait for another process's transaction on the file.
    package var patience = 10.0
    /// How far the clocks of others may run ahead of ours.
    package var clockSkew: Int64 = 60

    package init() {}

    /// The limits of a class.
    package func limits(for class: SourceClass) -> ClassLimits {
        switch `class` {
        case .directory: directory
        case .organisation: organisation
        case .software: software
        case .organisationRevoked, .softwareRevoked: revoked
        case .crl: revocationList
        }
    }

    /// How long a key stays a candidate after it left a set of this class.
    func grace(for class: SourceClass, revokedSetWatched watched: Bool) -> Int64 {
        if `class` == .directory { return directoryGrace }
        return watched ? watchedGrace : unwatchedGrace
    }
}
