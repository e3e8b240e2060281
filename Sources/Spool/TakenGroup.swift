/// Files taken together: one commit, one folder in the archive.
package struct TakenGroup: Sendable {
    /// Where a group was taken from; the raw value begins its name.
    package enum Origin: String, Sendable {
        /// The drop box.
        case incoming = "g"
        /// What waited for keys.
        case deferred = "d"
    }

    /// The name of its folder in `active` and in the archive.
    package let name: String
    /// Where its files came from.
    package let origin: Origin
    /// The files, companions not counted as files of their own.
    package let files: [TakenFile]
    let folder: Folder

    /// Bytes of all files.
    package var bytes: Int { files.reduce(0) { $0 + $1.size } }

    /// Whether the group is one batch file.
    package var isBatch: Bool { files.first?.kind == .bulk }
}
