import Glibc

/// The program under test, as whoever built the tests built it.
enum Program {
    /// How a run ended and what it said.
    struct Result {
        var code: Int32
        var output: String
        var errors: String
        /// What its files in the folder are numbered.
        var number = 0
    }

    /// The binary lies beside the test bundle; `COUNTERFOIL_PROGRAM` names another, such as the release build.
    static let path: String = {
        if let named = getenv("COUNTERFOIL_PROGRAM") { return String(cString: named) }
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") || $0.contains(".xctest/") }
        let folder = bundle.flatMap { $0.range(of: "/", options: .last, before: ".xctest") } ?? Folder.ofThisProcess
        return "\(folder)/counterfoil"
    }()

    /// Runs the program to its end.
    static func run(_ arguments: [String], in folder: TemporaryFolder, _ variables: [String: String] = [:]) throws
        -> Result
    {
        try Running(arguments, in: folder, variables).wait()
    }

    private enum Folder {
        static var ofThisProcess: String {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = readlink("/proc/self/exe", &buffer, buffer.count)
            let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        }
    }
}

extension String {
    fileprivate enum Which { case last }

    /// The part before the last `separator` that stands before `mark`.
    fileprivate func range(of separator: Character, options _: Which, before mark: String) -> String? {
        guard let end = firstRange(of: mark)?.lowerBound, let slash = self[..<end].lastIndex(of: separator) else {
            return nil
        }
        return String(self[..<slash])
    }
}
