import Foundation

/// What a migrated result says besides what any result says, read by a reader that is not ours.
struct Migrated: Decodable {
    struct Relaxed: Decodable {
        var rule: String
        var judgedAt: Int64
        var evidence: String
    }
    struct Existing: Decodable {
        var clientId: String
        var clientSecretHash: String?
        var registeredAt: Int64?
    }
    struct Key: Decodable {
        struct Interval: Decodable { var fromLow, fromHigh, toLow, toHigh: Int64? }
        struct Evidence: Decodable { var at: Int64 }
        var role, source, kid, spkiSha256, state: String
        var interval: Interval
        var evidence: Evidence?
        var snapshot: Int
    }

    var existing: Existing?
    var relaxations: [Relaxed]
    var keyEvidence: [Key]

    init(_ bytes: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Migrated.self, from: Data(bytes))
    }
}

/// The summary of a migration.
struct MigrationSummary: Decodable {
    struct Counts: Decodable, Equatable {
        var clients: Int
        var relaxed: Int
        var relaxations: [String: Int]
    }

    var mode: String
    var migration: Counts
    var outcomes: [String: Int]

    init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(MigrationSummary.self, from: Data(bytes)) }
}
