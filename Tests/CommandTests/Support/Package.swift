/// The package's own folder, found from where this file is.
enum Package {
    static let folder = String(
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    )
}
