import Foundation
import Glibc

/// A network of its own, without any interface that is up; gone with the value.
final class NetworkNamespace {
    private let name: String
    private let folder: TemporaryFolder

    private static let ip = ["/usr/sbin/ip", "/sbin/ip"].first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Whether this user may make one here.
    static let isPossible: Bool = {
        guard getuid() == 0, ip != nil else { return false }
        do {
            _ = try NetworkNamespace("probe")
            return true
        } catch {
            return false
        }
    }()

    init(_ side: String, hasLoopback: Bool = false) throws {
        folder = try TemporaryFolder()
        name = "counterfoil-\(side)-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        try Self.run(["netns", "add", name], folder)
        // Even a new network would answer to itself once somebody brought its loopback up: only where it is asked for.
        if hasLoopback { try Self.run(["netns", "exec", name, Self.ip ?? "", "link", "set", "lo", "up"], folder) }
    }

    deinit { try? Self.run(["netns", "delete", name], folder) }

    /// What runs a command in it.
    var words: [String] { [Self.ip ?? "", "netns", "exec", name] }

    private static func run(_ words: [String], _ folder: TemporaryFolder) throws {
        let result = try Running(words: [ip ?? ""] + words, in: folder).wait()
        guard result.code == 0 else { throw Running.Trouble(what: "ip \(words): \(result.errors)") }
    }
}
