import Encoding

/// What every role's signed part has in common.
struct SignedHead: Equatable {
    let version: Int64
    let expires: UnixTime

    /// The version of the specification our metadata follows.
    static let specification = "1.0.34"

    init(version: Int64, expires: UnixTime) {
        (self.version, self.expires) = (version, expires)
    }

    /// Reads it from an envelope whose type was checked; any 1.x of the specification is taken, as TUF asks for.
    init(_ envelope: Envelope) throws(BundleFault) {
        let (role, signed) = (envelope.role.rawValue, envelope.signed)
        guard let specification = signed["spec_version"]?.text?.string, Self.isKnown(specification) else {
            throw BundleFault(.malformed, "\(role).json follows no version 1 of the TUF specification")
        }
        guard let version = signed["version"]?.integer, (1...MemberName.versionLimit).contains(version) else {
            throw BundleFault(.malformed, "\(role).json has no version from 1 up")
        }
        guard let text = signed["expires"]?.text?.string, let expires = Timestamp.parse(text),
            Timestamp.rfc3339(expires) == text
        else { throw BundleFault(.malformed, "\(role).json has no expiry in the form 2026-11-22T10:00:00Z") }
        self.version = version
        self.expires = expires
    }

    private static func isKnown(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, parts[0] == "1" else { return false }
        return parts.allSatisfy { part in
            (1...9).contains(part.utf8.count)
                && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
    }
}
