import Encoding
package import Ledger

/// What is to be exported, and how.
package struct ExportOrder: Sendable, Equatable {
    package var format: ExportFormat
    /// Clients to a file, at most.
    package var chunk: Int
    /// Which clients; `state` is not heeded, for deleted ones are told apart.
    package var filter = ClientFilter()
    /// The group after which changes count; -1 for all there ever were.
    package var after: Int64 = -1
    /// Whether secrets are looked for.
    package var hasSecrets = false
    /// Whether software statements are looked for.
    package var hasStatements = false
    /// Whether clients that need a secret are left out by intention.
    package var skipsSecretClients = false

    package init(format: ExportFormat, chunk: Int) {
        self.format = format
        self.chunk = max(1, chunk)
    }

    /// Whether it covers every client that changed, so that the next one can go on from it.
    package var isWhole: Bool { filter == ClientFilter() }

    /// What tells its files from those of other orders for the same changes.
    var mark: String {
        var mark = hasSecrets ? ".secrets" : ""
        if hasStatements { mark += ".statements" }
        if skipsSecretClients { mark += ".secretless" }
        guard !isWhole else { return mark }
        let parts = [filter.organisationID, filter.softwareID, filter.changedSince.map { String($0) }]
        let text = parts.map { $0.map { "=\($0)" } ?? "" }.joined(separator: "\u{0}")
        return mark + ".part-\(ExportDigest.short(text))"
    }
}
