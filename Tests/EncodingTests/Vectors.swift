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

    /// The files of one folder by name.
    static func files(in path: String) throws -> [(name: String, bytes: [UInt8])] {
        let urls = try FileManager.default.contentsOfDirectory(
            at: folder.appendingPathComponent(path),
            includingPropertiesForKeys: nil
        )
        return try urls.sorted { $0.path < $1.path }.map { ($0.lastPathComponent, [UInt8](try Data(contentsOf: $0))) }
    }
}
