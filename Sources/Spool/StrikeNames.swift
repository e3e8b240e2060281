/// What the strikes of a group are called: those while it is judged, and those behind that.
///
/// A batch has its own for each line it begins with, so that what ended it at one counts against no other.
struct StrikeNames {
    let early: String
    let late: String

    /// Those of a batch that begins with a line; nil for a group of files.
    init(_ line: Int?) {
        let place = line.map { "\($0)" } ?? ""
        (early, late) = ("strike\(place)", "late\(place)")
    }

    /// Whether a kind is one of these, of whatever line.
    static func isKind(_ kind: String) -> Bool {
        ["strike", "late"].contains { name in
            kind.hasPrefix(name) && kind.utf8.dropFirst(name.utf8.count).allSatisfy { (0x30...0x39).contains($0) }
        }
    }
}
