import Glibc
import Operations

/// Paths outside of the spool: whether something is there, and the folder a database lives in.
enum Folders {
    static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The folder `path` lies in.
    static func parent(of path: String) -> String {
        guard let end = path.lastIndex(of: "/") else { return "." }
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    /// Makes the folder a file is to lie in, for its owner alone; one level, so that a mistyped path is not built.
    static func make(above path: String) throws(Failure) {
        let folder = parent(of: path)
        guard !exists(folder), unsafe mkdir(folder, 0o700) != 0, errno != EEXIST else { return }
        let remedy = "create it and give it to the user that runs counterfoil, or correct its path in the configuration"
        let message = UserMessage(folder, "cannot be made: \(ErrorText.of(errno))", remedy: remedy)
        throw Failure(message, name: "folder", errno == ENOENT ? .configuration : ExitCode.ofSystemError(errno))
    }
}
