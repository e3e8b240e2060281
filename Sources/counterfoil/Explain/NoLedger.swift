import Operations

/// Says that there is no ledger to be asked.
enum NoLedger {
    /// For commands that can do nothing without one.
    static func failure(_ site: Site) -> Failure {
        Failure(message(site.configuration.ledger.path), name: "uninitialised", .uninitialised)
    }

    static func message(_ path: String) -> UserMessage {
        UserMessage(
            path,
            "there is no ledger yet: nothing counts as answered before, and no client exists",
            remedy: "nothing before the first pass; after it, check ledger.path in the configuration"
        )
    }
}
