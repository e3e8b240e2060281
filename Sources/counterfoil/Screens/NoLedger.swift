import Operations

/// Says that there is no ledger to be asked.
enum NoLedger {
    static func message(_ path: String) -> UserMessage {
        UserMessage(
            path,
            "there is no ledger yet: nothing counts as answered before, and no client exists",
            remedy: "nothing before the first pass; after it, check ledger.path in the configuration"
        )
    }
}
