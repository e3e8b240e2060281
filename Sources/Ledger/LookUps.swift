/// How what a start and `status` ask became a look-up, however many groups, results and clients there were (version 7).
///
/// A site of single files has a group for every few of them, for years. The names of groups mostly grow with time, so that
/// their index is written at its end; the two others hold nothing in a ledger without lost results or deleted clients.
enum LookUps {
    static let statements = [
        "CREATE INDEX work_group_name ON work_group (name)",
        "CREATE INDEX outbox_lost ON outbox (number) WHERE lost = 1",
        "CREATE INDEX client_deleted ON client (number) WHERE deleted_at IS NOT NULL",
    ]
}
