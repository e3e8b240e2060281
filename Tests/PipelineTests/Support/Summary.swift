import Foundation

/// The summary of a batch as a consumer reads it.
struct Summary: Decodable {
    struct Results: Decodable {
        var file: String
        var bytes: Int
        var sha256: String
    }

    var v: Int
    var file: String
    var sha256: String
    var batchId: String?
    var lines: Int
    var unanswered: Int?
    var outcomes: [String: Int]
    var results: Results
    var startedAt: Int64
    var finishedAt: Int64

    init(_ bytes: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Summary.self, from: Data(bytes))
    }
}
