/// How well a part is doing, ordered from best to worst.
package enum Health: String, Comparable, CaseIterable, Sendable {
    case ok, warning, critical, unknown

    /// The exit code of `status --check`, as monitoring systems expect it: 0, 1, 2, 3.
    package var checkCode: Int32 {
        switch self {
        case .ok: 0
        case .warning: 1
        case .critical: 2
        case .unknown: 3
        }
    }

    /// Worse is greater; unknown is between warning and critical, since a known disaster outranks it.
    package static func < (left: Health, right: Health) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .ok: 0
        case .warning: 1
        case .unknown: 2
        case .critical: 3
        }
    }
}
