/// The parts of an organizationIdentifier: `PSDGB-FCA-503963` (ETSI TS 119 495 §5.2.1, EN 319 412-1 §5.1.4).
package struct OrganisationIdentifier: Hashable, Sendable {
    /// Which register the identifier comes from.
    package enum Scheme: String, CaseIterable, Sendable {
        case psd = "PSD"
        case vat = "VAT"
        case nationalTrade = "NTR"
        case legalEntity = "LEI"
    }

    package let scheme: Scheme
    /// ISO 3166 country, two capital letters (`XG` for LEI).
    package let country: String
    /// The competent authority, two to eight capital letters; only with the scheme PSD.
    package let authority: String?
    /// What the register calls the organisation.
    package let identifier: String

    /// The competent authority with its country, as in `nCAId`: `GB-FCA`.
    package var ncaID: String? { authority.map { "\(country)-\($0)" } }

    /// Reads `text`, nil when it has none of the known forms.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count > 6, bytes[5] == UInt8(ascii: "-"), OrganisationIdentifier.areCapitals(bytes[3..<5]),
            let scheme = Scheme(rawValue: String(decoding: bytes[..<3], as: UTF8.self))
        else { return nil }
        self.scheme = scheme
        country = String(decoding: bytes[3..<5], as: UTF8.self)
        guard scheme == .psd else {
            authority = nil
            identifier = String(decoding: bytes[6...], as: UTF8.self)
            return
        }
        guard let dash = bytes[6...].firstIndex(of: UInt8(ascii: "-")), (2...8).contains(dash - 6),
            dash + 1 < bytes.count,
            OrganisationIdentifier.areCapitals(bytes[6..<dash])
        else { return nil }
        authority = String(decoding: bytes[6..<dash], as: UTF8.self)
        identifier = String(decoding: bytes[(dash + 1)...], as: UTF8.self)
    }

    private static func areCapitals(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
    }
}
