/// How the cache of keys, certificates and CRLs is kept fresh.
package struct RefreshSettings: Equatable, Sendable {
    /// online fetches keys; offline never opens an internet socket: keys come in bundles and from mirror folders.
    package var mode = RefreshAccess.online
    /// The cache: a SQLite file on a local disk.
    package var cache = "/var/lib/counterfoil/cache.sqlite"
    /// What to keep ahead of time; it need not exist.
    ///
    /// See sources.example.yaml.
    package var sources = "/etc/counterfoil/sources.yaml"
    /// How fresh each class of source is kept.
    ///
    /// Past stale_after a source is a warning; past unusable_after its keys are not used and requests wait.
    package var classes = FreshnessSettings()
    /// A key asked for and not known fetches its source at once, at most this often.
    package var unknownKeyPause = Interval.minutes(1)
    /// Fetches at the same time, over all hosts; four at one host.
    package var parallel = 8
    /// Fetches begun in a second at one host; spreads a cold start.
    package var rate = 10
    /// Longest time for one fetch.
    package var timeout = Interval.seconds(10)
    /// Longest time for one connection.
    package var connectTimeout = Interval.seconds(3)
    /// Largest key set read.
    package var maxBody = ByteSize.mebibytes(1)
    /// Largest CRL read.
    package var maxCRL = ByteSize.mebibytes(16)
    /// Most keys in one set.
    package var maxKeys = 256
    /// Most certificates beside one key (x5c).
    package var maxCertificates = 5
    /// Largest certificate read.
    package var maxCertificate = ByteSize.kibibytes(8)
    /// How long a key that left its set without being revoked is still used for what was signed before.
    package var retiredGrace = RetiredGrace()
    /// How long a CRL still counts as good after its own nextUpdate; past it requests wait.
    package var crlGrace = Interval.seconds(0)

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<RefreshSettings>] = [
        Setting(
            "mode",
            \.mode,
            .choice(),
            "online fetches keys; offline never opens an internet socket: keys come in bundles and from mirror folders."
        ),
        Setting("cache", \.cache, .path(), "The cache: a SQLite file on a local disk."),
        Setting(
            "sources",
            \.sources,
            .path(),
            "What to keep ahead of time; it need not exist. See sources.example.yaml."
        ),
        Setting(
            section: "classes",
            \.classes,
            FreshnessSettings.settings,
            "How fresh each class of source is kept. Past stale_after a source is a warning; past "
                + "unusable_after its keys are not used and requests wait."
        ),
        Setting(
            "unknown_kid_pause",
            \.unknownKeyPause,
            .interval(from: .seconds(1), to: .hours(24)),
            "A key asked for and not known fetches its source at once, at most this often."
        ),
        Setting("parallel", \.parallel, .whole(1...16), "Fetches at the same time, over all hosts; four at one host."),
        Setting("rate", \.rate, .whole(1...1000), "Fetches begun in a second at one host; spreads a cold start."),
        Setting("timeout", \.timeout, .interval(from: .seconds(1), to: .minutes(5)), "Longest time for one fetch."),
        Setting(
            "connect_timeout",
            \.connectTimeout,
            .interval(from: .milliseconds(100), to: .minutes(1)),
            "Longest time for one connection."
        ),
        Setting("max_body", \.maxBody, .size(from: .kibibytes(1), to: .mebibytes(16)), "Largest key set read."),
        Setting("max_crl", \.maxCRL, .size(from: .kibibytes(1), to: .mebibytes(256)), "Largest CRL read."),
        Setting("max_keys", \.maxKeys, .whole(1...4096), "Most keys in one set."),
        Setting("max_certificates", \.maxCertificates, .whole(1...16), "Most certificates beside one key (x5c)."),
        Setting(
            "max_certificate",
            \.maxCertificate,
            .size(from: .kibibytes(1), to: .kibibytes(64)),
            "Largest certificate read."
        ),
        Setting(
            section: "retired_grace",
            \.retiredGrace,
            RetiredGrace.settings,
            "How long a key that left its set without being revoked is still used for what was signed before."
        ),
        Setting(
            "crl_grace",
            \.crlGrace,
            .interval(from: .seconds(0), to: .days(7)),
            "How long a CRL still counts as good after its own nextUpdate; past it requests wait."
        ),
    ]
}
