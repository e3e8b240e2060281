/// What became of the seeds of one `KeyStore.upsert`.
package struct SeedOutcome: Sendable, Equatable {
    /// How many sources are new.
    package var added = 0
    /// How many known sources learned something, like an organisation.
    package var changed = 0
    /// URLs that are already known for another class, organisation or software; the first word stands.
    package var conflicts: [String] = []
    /// How many were left out because the store is full.
    package var refused = 0

    package init() {}
}
