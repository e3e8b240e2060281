import JOSE
package import KeyCache
package import Operations

/// The cache's settings as the configuration file gives them.
package enum ConfiguredCache {
    /// A class is fetched every `every`, or sooner, counts as fresh for `stale_after` and is used for `unusable_after`.
    package static func settings(_ configuration: Configuration) -> CacheSettings {
        let refresh = configuration.refresh
        var settings = CacheSettings()
        let classes = refresh.classes
        settings.directory = limits(classes.directory, settings.directory)
        settings.organisation = limits(classes.organisation, settings.organisation)
        settings.software = limits(classes.software, settings.software)
        settings.revoked = limits(classes.revoked, settings.revoked)
        settings.revocationList = ClassLimits(
            minimum: settings.revocationList.minimum,
            every: classes.crl.every.seconds,
            staleAfter: classes.crl.staleAfter.seconds
        )
        settings.directoryGrace = refresh.retiredGrace.directory.seconds
        settings.watchedGrace = refresh.retiredGrace.watched.seconds
        settings.unwatchedGrace = refresh.retiredGrace.unwatched.seconds
        settings.revocationListGrace = refresh.crlGrace.seconds
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

    private static func limits(_ freshness: Freshness, _ standard: ClassLimits) -> ClassLimits {
        ClassLimits(
            minimum: standard.minimum,
            every: freshness.every.seconds,
            staleAfter: freshness.staleAfter.seconds,
            unusableAfter: freshness.unusableAfter.seconds
        )
    }
}
