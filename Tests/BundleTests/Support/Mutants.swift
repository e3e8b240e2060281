import Crypto
import Encoding
import Foundation

@testable import Bundle

/// Bundles in which one place of the metadata says something else, properly signed, and those around it fitting.
struct Mutants {
    private let base: Archive

    init(_ base: Archive) throws { self.base = base }

    /// All of them: each place of each role changed in each way, and a root that follows likewise.
    var all: [Archive] {
        get throws {
            var mutants: [Archive] = []
            for role in MetadataRole.allCases where role != .root {
                let tree = try tree(base.members[path(role)] ?? [])
                for changed in Self.variants(tree) {
                    if let archive = try fitted(role, changed) { mutants.append(archive) }
                }
            }
            let next = try tree(Holders.shared.root(version: 2))
            for changed in Self.variants(next) {
                guard let canonical = Self.canonical(changed) else { continue }
                var archive = base
                archive.members["metadata/2.root.json"] = try MetadataSeal.file(
                    canonical,
                    by: Array(Holders.shared.roots.prefix(2))
                )
                mutants.append(archive)
            }
            return mutants
        }
    }

    private func path(_ role: MetadataRole) -> String {
        role == .timestamp ? "metadata/timestamp.json" : base.path("metadata/", ".\(role.rawValue).json")
    }

    /// The signed part of a file.
    private func tree(_ bytes: [UInt8]) throws -> Any {
        let file = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        return file?["signed"] ?? [:]
    }

    /// The base with a role's signed part changed; the roles above it name the new bytes.
    private func fitted(_ role: MetadataRole, _ tree: Any) throws -> Archive? {
        let keys = [Holders.shared.exporter]
        guard let canonical = Self.canonical(tree) else { return nil }
        var archive = base
        var bytes = try MetadataSeal.file(canonical, by: keys)
        archive.members[path(role)] = bytes
        if role == .targets {
            let old = try SnapshotMetadata(Envelope(base.members[path(.snapshot)] ?? [], .snapshot))
            let new = SnapshotMetadata(head: old.head, targetsVersion: old.targetsVersion, targets: FileFacts(bytes))
            bytes = try MetadataSeal.file(new.canonical, by: keys)
            archive.members[path(.snapshot)] = bytes
        }
        if role != .timestamp {
            let old = try TimestampMetadata(Envelope(base.members[path(.timestamp)] ?? [], .timestamp))
            let new = TimestampMetadata(
                head: old.head,
                created: old.created,
                repository: old.repository,
                snapshotVersion: old.snapshotVersion,
                snapshot: FileFacts(bytes)
            )
            archive.members[path(.timestamp)] = try MetadataSeal.file(new.canonical, by: keys)
        }
        return archive
    }

    /// The canonical form; nil where it has none.
    private static func canonical(_ tree: Any) -> ByteSlice? {
        guard JSONSerialization.isValidJSONObject(tree),
            let data = try? JSONSerialization.data(withJSONObject: tree, options: .sortedKeys)
        else { return nil }
        let document = JSONDocument(limits: .record)
        let buffer = ByteBuffer()
        guard (try? document.parse([UInt8](data))) != nil, CanonicalJSON.append(document.root, to: buffer) else {
            return nil
        }
        return buffer.all
    }

    /// A tree with each of its places changed in turn.
    private static func variants(_ tree: Any) -> [Any] {
        var variants = changes(tree)
        if let object = tree as? [String: Any] {
            for (name, value) in object.sorted(by: { $0.key < $1.key }) {
                var without = object
                without[name] = nil
                variants.append(without)
                for changed in self.variants(value) {
                    var other = object
                    other[name] = changed
                    variants.append(other)
                }
            }
        } else if let array = tree as? [Any] {
            for (index, value) in array.enumerated() {
                var without = array
                without.remove(at: index)
                variants.append(without)
                for changed in self.variants(value) {
                    var other = array
                    other[index] = changed
                    variants.append(other)
                }
            }
        }
        return variants
    }

    /// What stands in the place of a value.
    private static func changes(_ value: Any) -> [Any] {
        switch value {
        case let text as String:
            return ["", text.uppercased() == text ? text.lowercased() : text.uppercased(), "0" + text, 1, NSNull()]
        case let number as NSNumber:
            return [
                NSNumber(value: number.int64Value + 1), NSNumber(value: number.int64Value - 1),
                NSNumber(value: Int64(1) << 40), "1", NSNumber(value: number.boolValue),
            ]
        case is [Any]: return [[Any](), "x", [1]]
        default: return [[String: Any](), [Any](), "x"]
        }
    }
}
