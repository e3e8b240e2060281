import Encoding
import Foundation
import Scores
import Testing

/// One file of Wycheproof vectors, the members these tests read.
struct WycheproofFile: Decodable {
    struct Group: Decodable {
        var publicKeyDer: String?
        var tagSize: Int?
        var sha: String?
        var mgfSha: String?
        var sLen: Int?
        var tests: [Vector]
    }

    struct Vector: Decodable {
        var tcId: Int
        var comment: String
        var msg: String
        var sig: String?
        var key: String?
        var tag: String?
        var result: String
    }

    var numberOfTests: Int
    var testGroups: [Group]

    static let isPresent = Vectors.exists("wycheproof")

    static func read(_ name: String) throws -> WycheproofFile {
        try JSONDecoder().decode(Self.self, from: try Vectors.data("wycheproof/\(name)_test.json"))
    }

    /// Runs `accepts` on every vector; returns the numbers of those accepted, and fails where the verdict differs from
    /// `result`.
    func run(expecting expected: (Vector) -> Bool, _ accepts: (Group, Vector) throws -> Bool) throws -> [Int] {
        var accepted: [Int] = []
        for group in testGroups {
            for vector in group.tests {
                let isAccepted = try accepts(group, vector)
                #expect(isAccepted == expected(vector), "tcId \(vector.tcId): \(vector.comment)")
                if isAccepted { accepted.append(vector.tcId) }
            }
        }
        return accepted
    }

    /// Records how the file went when the vectors numbered `accepted` were; `acceptable` counts as invalid.
    func score(_ name: String, _ accepted: [Int]) {
        let vectors = testGroups.flatMap(\.tests)
        let accepts = vectors.filter { $0.result != "valid" && accepted.contains($0.tcId) }.map { "\($0.tcId)" }
        let rejects = vectors.filter { $0.result == "valid" && !accepted.contains($0.tcId) }.map { "\($0.tcId)" }
        Score(
            "wycheproof \(name)",
            passed: vectors.count - accepts.count - rejects.count,
            of: vectors.count,
            falseAccepts: accepts,
            falseRejects: rejects
        ).record()
    }
}

/// The bytes of hexadecimal text in a vector.
func hex(_ text: String?) throws -> [UInt8] {
    let digits = try #require(text)
    return try #require(Hex.decode(digits))
}
