/// Where a request came from: the file, and the line in it for bulk files.
package struct ResultSource: Sendable, Equatable {
    package var file: String
    /// From 1; nil for single files.
    package var line: Int?

    package init(file: String, line: Int? = nil) {
        self.file = file
        self.line = line
    }
}
