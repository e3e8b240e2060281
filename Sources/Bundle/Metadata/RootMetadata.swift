import Crypto
import Encoding

/// A root: who may sign what.
struct RootMetadata: Sendable {
    let head: Head
    /// The name of the repository, the same in all its roots.
    let repository: String
    private let roles: [MetadataRole: RoleKeys]

    struct Head: Sendable {
        let version: Int64
        let expires: UnixTime
    }

    static let nameLimit = 64

    /// Whether a text may name a repository: letters, digits, `.`, `_` and `-`.
    static func isName(_ text: String) -> Bool {
        (1...nameLimit).contains(text.utf8.count) && text.first != "."
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The keys of a role.
    subscript(_ role: MetadataRole) -> RoleKeys {
        roles[role] ?? RoleKeys(role: role, threshold: .max, keys: [:])
    }

    /// Reads a root; its signatures are not looked at.
    init(_ envelope: Envelope) throws(BundleFault) {
        let head = try SignedHead(envelope)
        self.head = Head(version: head.version, expires: head.expires)
        let signed = envelope.signed
        guard signed["consistent_snapshot"]?.bool == true else {
            throw BundleFault(.malformed, "root.json does not ask for consistent snapshots")
        }
        guard let name = signed["custom"]?["repository"]?.text?.string, Self.isName(name) else {
            throw BundleFault(.malformed, "root.json does not name its repository in custom.repository")
        }
        repository = name
        let keys = try Self.keys(signed["keys"])
        guard let list = signed["roles"], list.count == MetadataRole.allCases.count else {
            throw BundleFault(.malformed, "root.json has other roles than root, timestamp, snapshot and targets")
        }
        var roles: [MetadataRole: RoleKeys] = [:]
        for role in MetadataRole.allCases { roles[role] = try Self.role(role, list[role.rawValue], keys) }
        self.roles = roles
    }

    private static func keys(_ value: JSONValue?) throws(BundleFault) -> [String: VerifyingKey] {
        guard let value, value.kind == .object, (1...BundleLimits.keys).contains(value.count) else {
            throw BundleFault(.malformed, "root.json has no keys, or more than \(BundleLimits.keys)")
        }
        var keys: [String: VerifyingKey] = [:]
        for member in value.members {
            let id = member.name.string
            keys[id] = try MetadataKey.decode(member.value, id: id).key
        }
        return keys
    }

    private static func role(
        _ role: MetadataRole,
        _ value: JSONValue?,
        _ keys: [String: VerifyingKey]
    ) throws(BundleFault) -> RoleKeys {
        guard let value, value.count == 2, let ids = value["keyids"], ids.kind == .array,
            let threshold = value["threshold"]?.integer, threshold >= 1, threshold <= Int64(ids.count)
        else {
            throw BundleFault(.malformed, "the role \(role.rawValue) has no keyids, or no threshold they can reach")
        }
        var own: [String: VerifyingKey] = [:]
        for item in ids.elements {
            guard let id = item.text?.string, let key = keys[id] else {
                throw BundleFault(.malformed, "the role \(role.rawValue) names a key that the root does not hold")
            }
            guard own.updateValue(key, forKey: id) == nil else {
                throw BundleFault(.malformed, "the role \(role.rawValue) names a key twice")
            }
        }
        return RoleKeys(role: role, threshold: Int(threshold), keys: own)
    }
}
