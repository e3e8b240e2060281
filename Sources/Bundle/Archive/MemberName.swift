import Crypto
import Encoding

/// A member of a bundle by what its name says it is.
enum MemberName: Hashable {
    case root(Int64)
    case timestamp
    case snapshot(Int64)
    case targets(Int64)
    /// A target under the digest of its bytes.
    case target(SHA256Digest, String)

    static let metadataFolder = "metadata"
    static let targetsFolder = "targets"
    /// The largest version, so that every one is a whole number in any reader of JSON.
    static let versionLimit: Int64 = 1 << 53

    var folder: String {
        if case .target = self { return Self.targetsFolder }
        return Self.metadataFolder
    }

    var file: String {
        switch self {
        case .root(let version): "\(version).root.json"
        case .timestamp: "timestamp.json"
        case .snapshot(let version): "\(version).snapshot.json"
        case .targets(let version): "\(version).targets.json"
        case .target(let digest, let name): "\(digest.hex).\(name)"
        }
    }

    var path: String { "\(folder)/\(file)" }

    /// The most bytes the member may have.
    var byteLimit: Int {
        switch self {
        case .root: MetadataRole.root.byteLimit
        case .timestamp: MetadataRole.timestamp.byteLimit
        case .snapshot: MetadataRole.snapshot.byteLimit
        case .targets: MetadataRole.targets.byteLimit
        case .target: BundleLimits.targetBytes
        }
    }

    /// Reads a name; nil for anything no bundle of ours holds, whatever path it leads to.
    init?(folder: String, file: String) {
        switch folder {
        case Self.metadataFolder:
            guard let name = Self.metadata(file) else { return nil }
            self = name
        case Self.targetsFolder:
            guard file.utf8.count > 65, let dot = file.firstIndex(of: "."),
                file.utf8.distance(from: file.startIndex, to: dot) == 64,
                let digest = Hex.decode(String(file[..<dot])).flatMap({ SHA256Digest(bytes: $0) })
            else { return nil }
            let name = String(file[file.index(after: dot)...])
            guard Self.isTargetName(name) else { return nil }
            self = .target(digest, name)
        default: return nil
        }
        // One spelling only: what is read is what would be written.
        guard self.file == file else { return nil }
    }

    /// Whether a text may name a target: lower-case letters, digits, dots and hyphens, no dot at either end.
    static func isTargetName(_ name: String) -> Bool {
        guard (1...35).contains(name.utf8.count), name.first != ".", name.last != "." else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }

    private static func metadata(_ file: String) -> MemberName? {
        if file == "timestamp.json" { return .timestamp }
        let parts = file.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2] == "json", let version = Int64(parts[0]), (1...versionLimit).contains(version)
        else { return nil }
        switch parts[1] {
        case "root": return .root(version)
        case "snapshot": return .snapshot(version)
        case "targets": return .targets(version)
        default: return nil
        }
    }
}
