import Glibc

/// The names in a folder.
enum FolderNames {
    static func read(_ path: String) throws(ExportError) -> [String] {
        guard let folder = unsafe opendir(path) else { throw .file(path: path, errno: errno) }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
