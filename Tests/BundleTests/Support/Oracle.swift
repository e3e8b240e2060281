import Encoding
import Foundation

@testable import Bundle

/// Stock python-tuf in a process of its own.
struct Oracle {
    /// A bundle to judge: a base with a byte or members changed.
    struct Case: CustomStringConvertible {
        let base: String
        var byte: (path: String, place: Int, value: UInt8)?
        /// Members that differ; nil for one that is left out.
        var members: [String: [UInt8]?] = [:]

        init(base: String, byte: (String, Int, UInt8)? = nil) {
            self.base = base
            if let byte { self.byte = (byte.0, byte.1, byte.2) }
        }

        /// What makes one archive of another.
        init(base: String, archive: Archive, of other: Archive) {
            self.base = base
            for path in Set(archive.members.keys).union(other.members.keys)
            where archive.members[path] != other.members[path] {
                members[path] = .some(archive.members[path])
            }
        }

        func applied(to archive: Archive) -> Archive {
            var archive = archive
            for (path, bytes) in members { archive.members[path] = bytes }
            if let byte { archive.members[byte.path]?[byte.place] = byte.value }
            return archive
        }

        var description: String {
            if let byte { return "\(byte.path) byte \(byte.place) is \(byte.value)" }
            return members.map { "\($0.key) \($0.value.map { String(decoding: $0, as: UTF8.self) } ?? "is missing")" }
                .joined(separator: "; ")
        }
    }

    let bases: [String: Archive]
    let trusted: String?
    let time: UnixTime

    init(bases: [String: Archive], trusted: String?, at time: UnixTime) throws {
        (self.bases, self.trusted, self.time) = (bases, trusted, time)
    }

    /// The interpreter with python-tuf: that of `make install-test-tools`, or one the environment names.
    static let python: String? = {
        let named = ProcessInfo.processInfo.environment["COUNTERFOIL_PYTHON"]
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let places = [named, package.appendingPathComponent(".build-python/bin/python").path].compactMap(\.self)
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static var isHere: Bool { python != nil }

    /// The verdict on each case, in order: `accepted`, or the name of python-tuf's exception.
    func judge(_ cases: [Case]) throws -> [String] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Oracle/oracle.py").path
        let folder = try TemporaryFolder()
        var input = try line([
            "root": Base64.encode(Holders.first), "time": time, "trusted": trusted ?? NSNull(),
            "bases": bases.mapValues { $0.members.mapValues { Base64.encode($0) } },
        ])
        for (number, item) in cases.enumerated() {
            var object: [String: Any] = ["id": number, "base": item.base]
            if let byte = item.byte { object["bytes"] = [[byte.path, byte.place, Int(byte.value)] as [Any]] }
            object["members"] = item.members.mapValues { bytes -> Any in bytes.map { Base64.encode($0) } ?? NSNull() }
            input += try line(object)
        }
        try folder.write(Array(input.utf8), to: "in")
        try folder.write([], to: "out")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.python ?? "/nonexistent")
        process.arguments = [script]
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.path("in")))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("out")))
        try process.run()
        process.waitUntilExit()
        let lines = String(decoding: try folder.bytes("out"), as: UTF8.self).split(separator: "\n")
        return try lines.map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?["verdict"] as? String ?? "unreadable"
        }
    }

    private func line(_ object: [String: Any]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self) + "\n"
    }
}
