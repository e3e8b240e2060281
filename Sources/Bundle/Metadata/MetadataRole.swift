/// The four roles of a bundle's metadata (TUF 1.0 §2.1).
enum MetadataRole: String, CaseIterable, Sendable {
    case root, timestamp, snapshot, targets

    /// The most bytes of a file of the role: those of python-tuf, but for targets, whose length a snapshot states.
    var byteLimit: Int {
        switch self {
        case .root: 512_000
        case .timestamp: 16_384
        case .snapshot: 2_000_000
        case .targets: 32 << 20
        }
    }
}
