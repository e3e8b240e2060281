import Foundation

/// The units for systemd that are shipped.
enum ShippedUnits {
    static let canBeJudged = FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")

    static let folder = ConsoleDocument.root.appending(path: "etc/systemd")

    /// Their names, without the files for users and folders beside them.
    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".service") || $0.hasSuffix(".timer") || $0.hasSuffix(".path") }.sorted()
    }()
}
