package import Encoding

/// A suspicious body that waits for an operator; the last good one serves meanwhile, as long as it is usable.
package struct Hold: Sendable, Equatable {
    package let id: Int64
    package let sourceID: Int64
    package let url: String
    package let rule: HoldRule
    /// The SHA-256 of the body that waits.
    package let bodySHA256: [UInt8]
    /// How often it was received in a row.
    package let seen: Int
    package let firstSeen: UnixTime
    package let lastSeen: UnixTime
    package let sourceClass: SourceClass
    package let host: String

    /// Whether only removals wait, and what it adds is in use.
    package var isPartial: Bool { rule.isPartial(for: sourceClass) }
}
