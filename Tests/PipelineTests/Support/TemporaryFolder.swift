import Foundation

/// A folder that is gone with the value; in memory where there is such a file system, so that syncs cost nothing.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let memory = URL(fileURLWithPath: "/dev/shm")
        let isWritable = FileManager.default.isWritableFile(atPath: memory.path)
        let base = isWritable ? memory : FileManager.default.temporaryDirectory
        let url = base.appendingPathComponent("counterfoil-pipeline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a name in the folder.
    static func / (folder: TemporaryFolder, name: String) -> String { folder.path + "/" + name }

    func write(_ bytes: [UInt8], to name: String) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: url.path)
    }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))) }

    /// Every plain file below a folder, as paths from there, sorted.
    func tree(_ folder: String) -> [String] {
        let root = path + "/" + folder
        let names = FileManager.default.subpaths(atPath: root) ?? []
        return names.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: root + "/" + name, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
        .sorted()
    }

    /// Everything below a folder, of whatever kind, sorted.
    func everything(_ folder: String) -> [String] {
        (FileManager.default.subpaths(atPath: path + "/" + folder) ?? []).sorted()
    }

    func copy(_ source: String, to name: String) throws {
        try FileManager.default.copyItem(atPath: source, toPath: path + "/" + name)
    }

    /// Permissions with the set-id and sticky bits.
    func mode(_ name: String) throws -> UInt32 {
        var status = stat()
        guard lstat(path + "/" + name, &status) == 0 else { throw POSIXError(.ENOENT) }
        return status.st_mode & 0o7777
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }
}
