import Foundation

/// A folder that is gone with the value.
final class TemporaryFolder: Sendable {
    let path: String

    /// Below the folder for such, or below /tmp where the path of a socket in it would be longer than one may be.
    convenience init() throws {
        let base = FileManager.default.temporaryDirectory.path
        try self.init(below: base.utf8.count <= 40 ? base : "/tmp")
    }

    /// One that is held in memory where there is such a file system, so that syncs cost nothing.
    static func inMemory() throws -> TemporaryFolder {
        let memory = "/dev/shm"
        let isWritable = FileManager.default.isWritableFile(atPath: memory)
        return try TemporaryFolder(below: isWritable ? memory : FileManager.default.temporaryDirectory.path)
    }

    private init(below base: String) throws {
        let url = URL(fileURLWithPath: base).appendingPathComponent("commands-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    func text(_ name: String) throws -> String { try Self.text(at: "\(path)/\(name)") }

    /// The text of any file.
    static func text(at path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }

    /// The permission bits of a file.
    func mode(_ name: String) throws -> Int {
        let all = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return (all[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    /// Writes a file, and its folder where there is none; into a drop box as its rule says, for it may be looked into at
    /// any moment: under another name, then renamed.
    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        let folder = url.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard folder.lastPathComponent == "incoming" else { return try Data(text.utf8).write(to: url) }
        let draft = folder.appendingPathComponent(".\(url.lastPathComponent).part")
        try Data(text.utf8).write(to: draft)
        guard rename(draft.path, url.path) == 0 else { throw Running.Trouble(what: "\(name): errno \(errno)") }
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    /// The names in a folder, sorted; none where there is no such folder.
    func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
    }

    /// The names of all results, whatever their day.
    func results(in spool: String = "spool") -> [String] {
        names("\(spool)/results").flatMap { day in
            names("\(spool)/results/\(day)").map { "\(spool)/results/\(day)/\($0)" }
        }
    }
}
