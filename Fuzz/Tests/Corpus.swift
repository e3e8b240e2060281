import Foundation

/// The committed inputs of the fuzz targets.
enum Corpus {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The inputs of a target by name, in order.
    static func inputs(of target: FuzzTarget) throws -> [(String, [UInt8])] {
        try entries("Corpora/\(target.name)").map { name in
            (name, [UInt8](try Data(contentsOf: folder.appending(path: "Corpora/\(target.name)/\(name)"))))
        }
    }

    /// The names in a folder below Fuzz/, in order.
    static func entries(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path).sorted()
    }
}
