package import Encoding

/// The roles a software statement may carry, as a set of bits, so that comparing two sets is one instruction.
package struct SoftwareRoles: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    // The operations in use, spelt out: those of OptionSet are called through tables from other targets.
    package init() { rawValue = 0 }
    package init(arrayLiteral elements: SoftwareRoles...) { rawValue = elements.reduce(0) { $0 | $1.rawValue } }
    package var isEmpty: Bool { rawValue == 0 }
    package func contains(_ other: SoftwareRoles) -> Bool { rawValue & other.rawValue == other.rawValue }
    package func isSubset(of other: SoftwareRoles) -> Bool { other.contains(self) }
    package func isDisjoint(with other: SoftwareRoles) -> Bool { rawValue & other.rawValue == 0 }
    package func intersection(_ other: SoftwareRoles) -> SoftwareRoles { .init(rawValue: rawValue & other.rawValue) }
    package func union(_ other: SoftwareRoles) -> SoftwareRoles { .init(rawValue: rawValue | other.rawValue) }
    package func subtracting(_ other: SoftwareRoles) -> SoftwareRoles { .init(rawValue: rawValue & ~other.rawValue) }
    package mutating func formUnion(_ other: SoftwareRoles) { self = union(other) }

    package static let aisp = SoftwareRoles(rawValue: 1)
    package static let pisp = SoftwareRoles(rawValue: 2)
    package static let cbpii = SoftwareRoles(rawValue: 4)
    package static let aspsp = SoftwareRoles(rawValue: 8)
    package static let crownAISP = SoftwareRoles(rawValue: 16)
    package static let crownCBPII = SoftwareRoles(rawValue: 32)
    package static let crownASPSP = SoftwareRoles(rawValue: 64)

    /// The roles of both domains that a scope or a role of a certificate goes with.
    package static let accounts: SoftwareRoles = [.aisp, .crownAISP]
    package static let funds: SoftwareRoles = [.cbpii, .crownCBPII]
    /// The roles of both domains of those who hold accounts.
    package static let servicing: SoftwareRoles = [.aspsp, .crownASPSP]

    /// The roles of the Crown Dependencies' domain; a statement holds roles of one domain only.
    package static let crown: SoftwareRoles = [.crownAISP, .crownCBPII, .crownASPSP]

    /// The roles of the PSD2 domain.
    package static let psd2: SoftwareRoles = [.aisp, .pisp, .cbpii, .aspsp]

    /// Returns the role a claim value names as a whole token, or nil; never by substring.
    package static func named(_ text: ByteSlice) -> SoftwareRoles? {
        if text.equals("AISP") { return .aisp }
        if text.equals("PISP") { return .pisp }
        if text.equals("CBPII") { return .cbpii }
        if text.equals("ASPSP") { return .aspsp }
        if text.equals("CD_AISP") { return .crownAISP }
        if text.equals("CD_CBPII") { return .crownCBPII }
        if text.equals("CD_ASPSP") { return .crownASPSP }
        return nil
    }

    /// The names of the roles held, in the directory's spelling and a fixed order.
    package var names: [String] {
        let all: [(SoftwareRoles, String)] = [
            (.aisp, "AISP"), (.pisp, "PISP"), (.cbpii, "CBPII"), (.aspsp, "ASPSP"), (.crownAISP, "CD_AISP"),
            (.crownCBPII, "CD_CBPII"), (.crownASPSP, "CD_ASPSP"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
