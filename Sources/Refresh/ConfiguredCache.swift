import JOSE
package import KeyCache
package import Operations

/// The cache's settings as the configuration file gives them.
package enum ConfiguredCache {
    /// A class is asked for every `every`, counts as fresh until `stale_after` and is used until `unusable_after`.
    package static func settings(_ configuration: Configuration) -> CacheSettings {
        let refresh = configuration.refresh
        var settings = CacheSettings()
        settings.directory = limits(refresh.classes.directory)
        settings.participant = limits(shorter(refresh.classes.organisation, refresh.classes.software))
        settings.revoked = limits(refresh.classes.revoked)
        settings.revocationList = limits(refresh.classes.crl)
        // A list says itself until when it may be used.
        settings.revocationList.staleAllowance = 0
        settings.directoryGrace = refresh.retiredGrace.seconds
        settings.watchedGrace = refresh.retiredGrace.seconds
        settings.unwatchedGrace = min(settings.unwatchedGrace, refresh.retiredGrace.seconds)
        settings.keySetLimits = JWKSetLimits(
            bodyBytes: refresh.maxBody.bytes,
            keys: refresh.maxKeys,
            chain: refresh.maxCertificates,
            certificateBytes: refresh.maxCertificate.bytes
        )
        settings.revocationListByteLimit = refresh.maxCRL.bytes
        settings.wantedInterval = refresh.unknownKeyPause.seconds
        settings.clockSkew = configuration.policy.clockSkew.seconds
        return settings
    }

    private static func limits(_ freshness: Freshness) -> ClassLimits {
        let every = freshness.every.seconds
        return ClassLimits(
            minimum: min(300, every),
            standard: every,
            maximum: every,
            tolerance: max(0, freshness.staleAfter.seconds - every),
            staleAllowance: max(0, freshness.unusableAfter.seconds - freshness.staleAfter.seconds)
        )
    }

    /// Organisations and software share one set of limits; the stricter of the two settings holds for both.
    private static func shorter(_ one: Freshness, _ other: Freshness) -> Freshness {
        Freshness(
            every: min(one.every, other.every),
            staleAfter: min(one.staleAfter, other.staleAfter),
            unusableAfter: min(one.unusableAfter, other.unusableAfter)
        )
    }
}
