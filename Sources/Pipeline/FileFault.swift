import Spool

extension SpoolError {
    /// True for a fault of the file, which goes to `failed` alone; false for one of the machine, which ends the pass.
    var isOfTheFile: Bool {
        switch self {
        case .refused, .changed, .vanished, .badName: true
        default: false
        }
    }

    /// Where in `failed` a file with this fault belongs.
    var failureReason: FailureReason {
        if case .refused(_, let reason, _) = self { return reason }
        return .incomplete
    }

    /// What is wrong with the file, in words that go on behind its name.
    var complaint: String {
        switch self {
        case .refused(_, _, let detail): detail
        case .changed: "was changed while it was read"
        default: "\(self)"
        }
    }
}
