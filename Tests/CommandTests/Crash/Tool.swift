import Foundation

/// A program of the system that a test needs.
enum Tool {
    /// Where it is; nil where it is not installed.
    static func path(_ name: String) -> String? {
        ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// Runs it to its end, which must be good.
    static func run(_ name: String, _ arguments: String..., in messages: TemporaryFolder) throws {
        guard let path = path(name) else { throw Running.Trouble(what: "\(name) is not installed") }
        let result = try Running(words: [path] + arguments, in: messages).wait()
        guard result.code == 0 else {
            throw Running.Trouble(what: "\(name) \(arguments.joined(separator: " ")): \(result.code) \(result.errors)")
        }
    }
}
