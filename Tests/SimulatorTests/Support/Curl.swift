import Foundation

/// The curl command, as a client that owes us nothing.
struct Curl: Sendable {
    static let path = ["/usr/bin/curl", "/usr/local/bin/curl", "/bin/curl"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    let authority: String

    /// Runs curl with the authority as its only anchor; its standard output and exit code.
    func run(_ arguments: String...) throws -> (output: String, code: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path ?? "curl")
        process.arguments = ["-sS", "--noproxy", "*", "--cacert", authority, "--max-time", "120"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }
}
