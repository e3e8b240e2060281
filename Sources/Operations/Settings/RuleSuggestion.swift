package import OpenBanking

/// The rule somebody probably meant.
extension RuleID {
    /// The rule whose id is nearest: digits alone, with fewer zeros, or with a slip; nil where none is near.
    package static func nearest(to typed: String) -> RuleID? {
        let digits = typed.unicodeScalars.filter { (48...57).contains($0.value) }
        if digits.count <= 3, let number = Int(String(String.UnicodeScalarView(digits))) {
            let zeros = String(repeating: "0", count: max(0, 3 - String(number).count))
            if let rule = RuleID(name: "R-\(zeros)\(number)") { return rule }
        }
        let name = NameSuggestion.nearest(to: typed.uppercased(), among: allCases.map { $0.name.lowercased() })
        return name.flatMap { RuleID(name: $0.uppercased()) }
    }
}
