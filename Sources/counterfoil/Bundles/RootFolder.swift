import Bundle
import Encoding
import Operations

/// Roots in files: one by its path, or all of a folder.
enum RootFolder {
    private static let byteLimit = 512_000

    /// The roots of a folder, `1.root.json` and on without a gap, the oldest first.
    static func load(_ path: String) throws(Failure) -> [RootFile] {
        var roots: [RootFile] = []
        var version = Int64(1)
        while Folders.exists("\(path)/\(version).root.json") {
            roots.append(try read("\(path)/\(version).root.json"))
            version += 1
        }
        guard !roots.isEmpty else {
            throw Failure(
                UserMessage(
                    path,
                    "there is no 1.root.json in this folder",
                    remedy: "make it with: counterfoil bundle init-root; have it signed; then put it there"
                ),
                name: "bundle.roots",
                .configuration
            )
        }
        return roots
    }

    static func read(_ path: String) throws(Failure) -> RootFile {
        let bytes: [UInt8]
        do throws(FileBytes.Fault) {
            bytes = try FileBytes.read(path, limit: byteLimit)
        } catch {
            let what =
                switch error {
                case .system(let number): "cannot be read: \(ErrorText.of(number))"
                case .notFile: "is no file"
                case .tooLarge: "is too large for a root"
                }
            throw Failure(UserMessage(path, what, remedy: "name a root's file"), name: "bundle.roots", .usage)
        }
        do throws(BundleFault) { return try RootFile(bytes) } catch { throw Failure(error, path) }
    }
}
