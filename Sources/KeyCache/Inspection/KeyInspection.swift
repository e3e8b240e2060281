import Crypto
import GRDB

extension KeyStore {
    /// The keys a query asks for, with their whole lives as far as known; sources in the order they became known.
    package func keys(_ query: KeyQuery, asOf: AsOf = .now) throws(KeyStoreError) -> [KeyRecord] {
        try file.read { db in
            let generation = try Meta.resolve(db, asOf)
            var records: [KeyRecord] = []
            for source in try Self.candidates(db, query) where query.wants(source) {
                records += try HistoryTable.records(db, of: source.judged(by: settings), until: generation)
                    .filter { query.wants($0.key) }
            }
            return records
        }
    }

    /// The generation a knowledge is of; nil for the present one.
    package func generation(_ asOf: AsOf) throws(KeyStoreError) -> Int? {
        try file.read { db in try Meta.resolve(db, asOf) }
    }

    /// What changed between two generations, by source and key.
    package func difference(from: AsOf, to: AsOf) throws(KeyStoreError) -> [KeyDifference] {
        try file.read { db in
            let current = try Meta.read(db).generation
            let old = try Meta.resolve(db, from) ?? current
            let new = try Meta.resolve(db, to) ?? current
            return try DifferenceTable.between(db, min(old, new), max(old, new))
        }
    }

    /// Sources that can have what is asked for.
    private static func candidates(_ db: Database, _ query: KeyQuery) throws -> [Source] {
        let ids: [Int64]
        if let kid = query.kid {
            ids = try Prepared.rows(
                db,
                sql: "SELECT DISTINCT source_id FROM listing WHERE kid = ?",
                arguments: [Blob(kid)]
            )
            .map { $0[0] }
        } else if let spki = query.spki {
            ids = try Prepared.rows(
                db,
                sql: "SELECT DISTINCT source_id FROM listing WHERE spki_sha256 = ?",
                arguments: [Blob(spki.bytes)]
            )
            .map { $0[0] }
        } else {
            return try SourceTable.all(db)
        }
        return try ids.sorted().map { try SourceTable.one(db, id: $0) }
    }
}

extension Meta {
    private static func existing(_ db: Database, _ number: Int) throws -> Int {
        let newest = try read(db).generation
        guard (0...newest).contains(number) else { throw KeyStoreError.unknownGeneration(number, newest: newest) }
        return number
    }

    /// The generation a knowledge is of; nil for the present one.
    static func resolve(_ db: Database, _ asOf: AsOf) throws -> Int? {
        switch asOf {
        case .now: nil
        case .generation(let number): try existing(db, number)
        case .time(let time): try generation(db, at: time)
        }
    }
}
