/// The reasons a list speaks for, as its bits (ReasonFlags, RFC 5280 §4.2.1.13).
package struct RevocationReasons: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Key and authority compromise, affiliation changed, superseded, cessation of operation, hold, privilege
    /// withdrawn, attribute authority compromise.
    package static let all = RevocationReasons(rawValue: 0b1_1111_1110)
}
