/// The names of an export's files: format, first and last group, what is special, number.
struct ExportNames {
    private let stem: String
    private let ending: String

    /// Behind every client_id: all of a change's clients are before it.
    static let behindAll = "\u{10FFFF}"

    init(_ order: ExportOrder, through: Int64) {
        stem = "\(order.format.rawValue).\(order.after + 1)-\(through)\(order.mark)"
        ending = order.format.fileEnding
    }

    var manifest: String { "\(stem).manifest.json" }

    func clients(_ number: Int) -> String { "\(stem).\(Self.padded(number)).\(ending)" }

    func withheld(_ number: Int) -> String { "\(stem).\(Self.padded(number)).withheld.ndjson" }

    func deleted(_ number: Int) -> String { "\(stem).\(Self.padded(number)).deleted.ndjson" }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
