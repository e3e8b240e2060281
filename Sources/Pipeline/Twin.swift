import OpenBanking

extension Outcome {
    /// True for results without credentials, of which the first stands where the same bytes are answered in the same way
    /// again; any other result whose name is taken is a fault.
    var mayMeetItsTwin: Bool {
        switch self {
        case .duplicate, .malformed, .deferred: true
        case .accepted, .rejected: false
        }
    }

    /// The outcome that the name of a single's result tells.
    init?(resultName: String) {
        self.init(rawValue: resultName.split(separator: ".").dropLast().last.map { String($0) } ?? "")
    }
}
