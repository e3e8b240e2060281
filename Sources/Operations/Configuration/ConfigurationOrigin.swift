/// Where the values of a configuration came from.
package struct ConfigurationOrigin: Equatable, Sendable {
    /// The file that was read; nil when there was none.
    package var file: String?
    /// Dotted key → line in that file.
    package var lines: [String: Int] = [:]

    /// The lines of one file; without a file everything is default.
    package init(file: String? = nil, lines: [String: Int] = [:]) {
        self.file = file
        self.lines = lines
    }

    /// `default`, or `counterfoil.yaml:14`.
    package func origin(of path: String) -> String {
        guard let file, let line = lines[path] else { return "default" }
        return "\(file):\(line)"
    }
}
