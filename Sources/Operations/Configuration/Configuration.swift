package import OpenBanking

/// Everything an operator can set, as one immutable value.
///
/// The default of every setting is the default of its property; `etc/counterfoil.example.yaml` shows them all. Adding a setting:
/// its property with a default, and its row in the table beside it.
package struct Configuration: Equatable, Sendable {
    /// Which directory this installation serves; decides which `software_environment` is accepted.
    package var environment: DirectoryEnvironment
    /// The directory whose keys are trusted, and how to reach it.
    package var directory: DirectorySettings
    /// What transport certificates must chain to, and how revocation counts.
    package var trust = TrustSettings()
    /// How the cache of keys, certificates and CRLs is kept fresh.
    package var refresh = RefreshSettings()
    /// Signed bundles of keys: carried across an air gap, made on one side and imported on the other.
    package var bundle = BundleSettings()
    /// Where requests are dropped and results appear.
    package var spool = SpoolSettings()
    /// How requests are processed, and the bounds every input must keep.
    package var process = ProcessSettings()
    /// What is accepted; the choices the specification leaves to the bank.
    package var policy = PolicySettings()
    /// What results look like.
    package var results = ResultSettings()
    /// Where issued registrations are remembered.
    package var ledger = LedgerSettings()
    /// What is logged, and in which form.
    package var log = LogSettings()
    /// Where metrics are published; `counterfoil status --metrics` prints them in any case.
    package var metrics = MetricsSettings()
    /// Programs that are run when something happened; never through a shell.
    package var hooks = HooksSettings()
    /// When `status --check` warns and when it calls a figure critical: [warning, critical].
    package var alerts = AlertSettings()
    /// Which keys a file set, and where; the rest are defaults.
    package var origin = ConfigurationOrigin()

    /// The defaults of `environment`; only the directory's addresses differ between the two.
    package init(environment: DirectoryEnvironment = .sandbox) {
        self.environment = environment
        directory = DirectorySettings(environment: environment)
    }

    static let settings: [Setting<Configuration>] = [
        Setting(
            "environment",
            \.environment,
            .choice(),
            "Which directory this installation serves; decides which `software_environment` is accepted."
        ),
        Setting(
            section: "directory",
            \.directory,
            DirectorySettings.settings,
            "The directory whose keys are trusted, and how to reach it."
        ),
        Setting(
            section: "trust",
            \.trust,
            TrustSettings.settings,
            "What transport certificates must chain to, and how revocation counts."
        ),
        Setting(
            section: "refresh",
            \.refresh,
            RefreshSettings.settings,
            "How the cache of keys, certificates and CRLs is kept fresh."
        ),
        Setting(
            section: "bundle",
            \.bundle,
            BundleSettings.settings,
            "Signed bundles of keys: carried across an air gap, made on one side and imported on the other."
        ),
        Setting(section: "spool", \.spool, SpoolSettings.settings, "Where requests are dropped and results appear."),
        Setting(
            section: "process",
            \.process,
            ProcessSettings.settings,
            "How requests are processed, and the bounds every input must keep."
        ),
        Setting(
            section: "policy",
            \.policy,
            PolicySettings.settings,
            "What is accepted; the choices the specification leaves to the bank."
        ),
        Setting(section: "results", \.results, ResultSettings.settings, "What results look like."),
        Setting(section: "ledger", \.ledger, LedgerSettings.settings, "Where issued registrations are remembered."),
        Setting(section: "log", \.log, LogSettings.settings, "What is logged, and in which form."),
        Setting(
            section: "metrics",
            \.metrics,
            MetricsSettings.settings,
            "Where metrics are published; `counterfoil status --metrics` prints them in any case."
        ),
        Setting(
            section: "hooks",
            \.hooks,
            HooksSettings.settings,
            "Programs that are run when something happened; never through a shell."
        ),
        Setting(
            section: "alerts",
            \.alerts,
            AlertSettings.settings,
            "When `status --check` warns and when it calls a figure critical: [warning, critical]."
        ),
    ]

    /// Every setting in the order of the example, sections with their heads.
    package var entries: [SettingEntry] {
        Self.settings.flatMap { $0.entries(self, "") }
    }
}
