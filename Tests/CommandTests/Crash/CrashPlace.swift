import Foundation

/// Where an installation is interrupted.
protocol CrashPlace {
    /// An installation as it was made.
    func fresh() throws -> CrashSite
    /// Ends all writing at once, as a power cut does.
    func cutPower() throws
    /// Starts again from what the disk holds.
    func restore() throws
}

/// In memory, for ends of the program alone: the kernel keeps what was written.
final class MemoryPlace: CrashPlace {
    private let folder: TemporaryFolder
    private let template: CrashTemplate

    init(_ template: CrashTemplate) throws {
        self.template = template
        folder = try TemporaryFolder.inMemory()
    }

    func fresh() throws -> CrashSite {
        let root = folder.path + "/site"
        try Tool.run("rm", "-rf", root, in: folder)
        return try template.copy(to: root, folder)
    }

    func cutPower() throws { throw Running.Trouble(what: "memory has no power of its own") }

    func restore() throws {}
}
