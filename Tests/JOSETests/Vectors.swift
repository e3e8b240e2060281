import Encoding
import Foundation

/// Where outside test vectors lie: the folder in COUNTERFOIL_VECTORS, else `../shared/vectors` beside the package.
enum Vectors {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["COUNTERFOIL_VECTORS"] { return URL(fileURLWithPath: path) }
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent().appendingPathComponent("shared/vectors")
    }()

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
    }

    static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    /// A document of any size: vectors are not hostile.
    static func json(_ path: String) throws -> JSONDocument {
        var limits = JSONLimits()
        limits.textBytes = 1 << 24
        limits.elements = 1 << 16
        limits.stringBytes = 1 << 20
        limits.nodes = 1 << 20
        let document = JSONDocument(limits: limits)
        try document.parse(try bytes(path))
        return document
    }
}
