/// Paths as operators type them.
enum PathName {
    /// The folder with its slash, which may be empty, and the last name.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let end = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[...end]), String(path[path.index(after: end)...]))
    }
}
