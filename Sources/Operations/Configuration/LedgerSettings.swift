/// Where issued registrations are remembered.
package struct LedgerSettings: Equatable, Sendable {
    /// The ledger: a SQLite file on a local disk.
    package var path = "/var/lib/counterfoil/ledger.sqlite"

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<LedgerSettings>] = [
        Setting("path", \.path, .path(), "The ledger: a SQLite file on a local disk.")
    ]
}
