import GRDB

/// Finds the living clients of a software statement.
///
/// Most banks never ask, so clients get into the index many at a time, in its order: when somebody asks who may write,
/// or when many are not in it. Those behind its end are looked at one by one.
final class SoftwareIndex {
    private let limits: KeyLimits
    /// The last client in the index.
    private let through: MetaMark
    private let newest: Prepared
    private let extend: Prepared
    private let remove: Prepared
    /// Whether the transaction may write.
    private var canWrite = false

    /// More clients than this behind the end are taken into the index before it is asked.
    private static let tail: Int64 = 32

    /// The clients of a software statement in an environment, bound as 1 and 2; the end of the index as 3.
    static let numbers = """
        SELECT number FROM client_software WHERE software_id = ?1 AND environment = ?2
        UNION ALL
        SELECT number FROM client WHERE number > ?3 AND software_id = ?1 AND environment = ?2 AND deleted_at IS NULL
        """

    init(_ db: Database, _ limits: KeyLimits) throws(LedgerError) {
        self.limits = limits
        through = try MetaMark("software_through", db)
        newest = try Prepared("SELECT coalesce(max(number), 0) FROM client", db)
        extend = try Prepared(
            """
            INSERT INTO client_software (software_id, environment, number)
            SELECT software_id, environment, number FROM client
            WHERE number > ?1 AND number <= ?2 AND deleted_at IS NULL ORDER BY software_id, environment, number
            """,
            db
        )
        remove = try Prepared(
            """
            DELETE FROM client_software WHERE (software_id, environment, number) IN
              (SELECT software_id, environment, number FROM client WHERE number = ?)
            """,
            db
        )
    }

    /// For the begin of each transaction.
    func begin(canWrite: Bool) { self.canWrite = canWrite }

    /// The last client in the index, for the statement in `numbers`.
    func end() throws(LedgerError) -> Int64 {
        try canWrite ? extended(behind: Self.tail) : through.row()
    }

    /// Takes clients in where many are not; for the end of a group.
    func extendIfMany() throws(LedgerError) { _ = try extended(behind: Int64(limits.software)) }

    /// A client that is deleted is found no more.
    func forget(_ number: Int64) throws(LedgerError) { try remove.run(.integer(number)) }

    /// Takes in all clients if more than `many` are not; returns the last client in the index.
    private func extended(behind many: Int64) throws(LedgerError) -> Int64 {
        let end = try through.row()
        let newest = try newest.first { $0.integer(0) } ?? 0
        guard newest - end >= many else { return end }
        try extend.run(.integer(end), .integer(newest))
        try through.set(newest)
        return newest
    }
}
