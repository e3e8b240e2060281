/// The bounds every input must keep; checked before any work is done on it.
package struct InputLimits: Equatable, Sendable {
    /// One request JWS.
    package var request = ByteSize.kibibytes(64)
    /// One record: a .json file, or a line of bulk.
    package var record = ByteSize.kibibytes(128)
    /// One bulk file.
    package var bulk = ByteSize.gibibytes(2)
    /// A JWS header.
    package var header = ByteSize.kibibytes(4)
    /// The claims of a JWS.
    package var claims = ByteSize.kibibytes(48)
    /// A software statement.
    package var statement = ByteSize.kibibytes(32)
    /// Nesting of JSON.
    package var jsonDepth = 16
    /// Members of one JSON object.
    package var jsonMembers = 256
    /// Elements of one JSON array.
    package var jsonElements = 128
    /// One JSON string.
    package var jsonString = ByteSize.kibibytes(8)
    /// One text claim.
    package var claimString = ByteSize.kibibytes(2)
    /// Certificates from a leaf to its root.
    package var chainDepth = 4
    /// Certificates sent beside a leaf.
    package var chainCandidates = 16
    /// Longest RSA key used, in bits.
    package var rsaBits = 4096

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<InputLimits>] = [
        Setting("request", \.request, .size(from: .kibibytes(4), to: .mebibytes(1)), "One request JWS."),
        Setting(
            "record",
            \.record,
            .size(from: .kibibytes(4), to: .mebibytes(4)),
            "One record: a .json file, or a line of bulk."
        ),
        Setting("bulk", \.bulk, .size(from: .mebibytes(1), to: .gibibytes(64)), "One bulk file."),
        Setting("header", \.header, .size(from: .kibibytes(1), to: .kibibytes(64)), "A JWS header."),
        Setting("claims", \.claims, .size(from: .kibibytes(1), to: .mebibytes(1)), "The claims of a JWS."),
        Setting("statement", \.statement, .size(from: .kibibytes(1), to: .mebibytes(1)), "A software statement."),
        Setting("json_depth", \.jsonDepth, .whole(2...64), "Nesting of JSON."),
        Setting("json_members", \.jsonMembers, .whole(8...65536), "Members of one JSON object."),
        Setting("json_elements", \.jsonElements, .whole(8...65536), "Elements of one JSON array."),
        Setting("json_string", \.jsonString, .size(from: .kibibytes(1), to: .mebibytes(1)), "One JSON string."),
        Setting("claim_string", \.claimString, .size(from: .init(bytes: 256), to: .kibibytes(64)), "One text claim."),
        Setting("chain_depth", \.chainDepth, .whole(1...10), "Certificates from a leaf to its root."),
        Setting("chain_candidates", \.chainCandidates, .whole(0...64), "Certificates sent beside a leaf."),
        Setting("rsa_bits", \.rsaBits, .whole(2048...8192), "Longest RSA key used, in bits."),
    ]
}
