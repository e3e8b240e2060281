/// The bounds every input must keep; checked before any work is done on it.
package struct LimitSettings: Equatable, Sendable {
    /// One request JWS.
    package var request = ByteSize.kibibytes(64)
    /// One record: a .json file, or a line of bulk.
    package var record = ByteSize.kibibytes(128)
    /// One bulk file.
    package var bulk = ByteSize.gibibytes(2)
    /// A software statement.
    package var statement = ByteSize.kibibytes(32)

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<LimitSettings>] = [
        Setting("request", \.request, .size(from: .kibibytes(4), to: .mebibytes(1)), "One request JWS."),
        Setting(
            "record",
            \.record,
            .size(from: .kibibytes(4), to: .mebibytes(4)),
            "One record: a .json file, or a line of bulk."
        ),
        Setting("bulk", \.bulk, .size(from: .mebibytes(1), to: .gibibytes(64)), "One bulk file."),
        Setting("statement", \.statement, .size(from: .kibibytes(1), to: .mebibytes(1)), "A software statement."),
    ]
}
