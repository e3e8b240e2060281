/// How runs of keys came to be merged a part at a time (version 6); see `KeyMerge`.
///
/// Until then there was one run to a level, and each level held 16 times as many keys as the one before it, where it is
/// four times now: what was the first level has keys as the third.
enum KeyRunRows {
    static let statements = [
        """
        CREATE TABLE key_run_row (
          run INTEGER PRIMARY KEY,
          kind INTEGER NOT NULL,
          level INTEGER NOT NULL,
          entries INTEGER NOT NULL,
          state INTEGER NOT NULL,
          target INTEGER
        ) STRICT
        """,
        """
        INSERT INTO key_run_row (run, kind, level, entries, state, target)
        SELECT run, kind, 2 * level + 1, entries, \(KeyRun.State.whole.rawValue), NULL FROM key_run
        """,
        "DROP TABLE key_run",
        "ALTER TABLE key_run_row RENAME TO key_run",
    ]
}
