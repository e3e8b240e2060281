import Foundation
import Glibc

/// One run of a program: started, perhaps killed, waited for.
final class ProgramRun {
    struct Result {
        /// The exit code, or a signal's negative number.
        var code: Int32
        var output: String
        var errors: String
        /// Processor seconds of it and of its children.
        var processor: Double
        var wall: Double
    }

    /// The release binary beside this tool.
    static let counterfoil =
        "\((Bundle.main.executablePath as NSString?)?.deletingLastPathComponent ?? ".")/counterfoil"
    /// This tool.
    static let ownPath = Bundle.main.executablePath ?? CommandLine.arguments[0]

    let process: pid_t
    private let folder: String
    private let number: Int
    private let began = Meter.wall
    private nonisolated(unsafe) static var count = 0

    init(_ words: [String], in folder: String) throws {
        Self.count += 1
        number = Self.count
        self.folder = folder
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (descriptor, name) in [(Int32(1), "out"), (2, "err")] {
            let path = "\(folder)/.\(name).\(number)"
            posix_spawn_file_actions_addopen(&actions, descriptor, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var argv = Self.copies(["env", "-C", folder] + words)
        var variables = Self.copies(["PATH=/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no"])
        defer { for text in argv + variables { free(text) } }
        var process: pid_t = 0
        let fault = posix_spawn(&process, "/usr/bin/env", &actions, nil, &argv, &variables)
        guard fault == 0 else { throw Trouble("cannot start \(words[0]): \(fault)") }
        self.process = process
    }

    func signal(_ signal: Int32) { kill(process, signal) }

    var errors: String { Self.text("\(folder)/.err.\(number)") }

    func wait() throws -> Result {
        var (status, usage): (Int32, rusage) = (0, rusage())
        while wait4(process, &status, 0, &usage) < 0 { guard errno == EINTR else { throw Trouble("wait4") } }
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        let signal = status & 0x7F
        defer { for name in ["out", "err"] { unlink("\(folder)/.\(name).\(number)") } }
        return Result(
            code: signal == 0 ? status >> 8 & 0xFF : -signal,
            output: Self.text("\(folder)/.out.\(number)"),
            errors: errors,
            processor: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            wall: Meter.wall - began
        )
    }

    /// Copies for a call of C, with its end mark.
    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var copies: [UnsafeMutablePointer<CChar>?] = []
        for text in texts { copies.append(strdup(text)) }
        copies.append(nil)
        return copies
    }

    private static func text(_ path: String) -> String {
        (try? String(decoding: Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)) ?? ""
    }
}

/// Why something could not be measured.
struct Trouble: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
