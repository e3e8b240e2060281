import Encoding
import Foundation
import Testing

/// The outside test vectors, read from COUNTERFOIL_VECTORS or from beside the package.
enum Vectors {
    static let root: URL = {
        if let folder = ProcessInfo.processInfo.environment["COUNTERFOIL_VECTORS"] {
            return URL(fileURLWithPath: folder)
        }
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("../shared/vectors").standardized
    }()

    static var arePresent: Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent("openbanking").path)
    }

    static let absence: Comment = "skipped: the outside vectors are not here (COUNTERFOIL_VECTORS names their folder)"

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
    }

    static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    static func certificate(_ path: String) throws -> [UInt8] {
        try #require(try PEM.certificates(in: ByteSlice(try bytes(path))).first)
    }
}
