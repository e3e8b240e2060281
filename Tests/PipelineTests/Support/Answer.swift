import Foundation

/// A result as a consumer reads it, by a reader that is not ours.
struct Answer: Decodable, Equatable {
    struct Source: Decodable, Equatable {
        var file: String
        var line: Int?
    }
    struct HTTP: Decodable, Equatable {
        var status: Int
        var headers: [String: String]?
    }
    struct Response: Decodable, Equatable {
        var clientId: String?
        var clientSecret: String?
        var clientSecretExpiresAt: Int?
        var tokenEndpointAuthMethod: String?
        var softwareStatement: String?
        var error: String?
        var errorDescription: String?
    }
    struct Finding: Decodable, Equatable {
        var rule: String
        var severity: String
        var message: String
    }
    struct Prior: Decodable, Equatable {
        var same: String
        var outcome: String
        var clientId: String?
        var result: String
        var line: Int?
        var decidedAt: Int64
    }
    struct Evidence: Decodable, Equatable {
        var snapshot: Int
        var arrivedAt: Int64
        var decidedAt: Int64
        var tlsPossession: String
    }

    var v: Int
    var ref: String?
    var source: Source
    var requestSha256: String
    var outcome: String
    var http: HTTP?
    var response: Response?
    var duplicateOf: Prior?
    var findings: [Finding]
    var evidence: Evidence

    /// The rules of severity error among the findings.
    var errors: [String] { findings.filter { $0.severity == "error" }.map(\.rule) }

    init(_ bytes: some Sequence<UInt8>) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Answer.self, from: Data(bytes))
    }
}
