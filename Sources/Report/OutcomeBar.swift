import OpenBanking

/// A bar that shows how outcomes share a whole.
struct OutcomeBar {
    private let outcomes: [Outcome: Int]

    init(_ outcomes: [Outcome: Int]) { self.outcomes = outcomes }

    func write(to html: HTMLWriter) {
        let total = outcomes.values.reduce(0, +)
        guard total > 0 else { return }
        html.markup("<div class=\"bar\" role=\"img\" aria-label=\"")
        let words = Outcome.allCases.filter { outcomes[$0, default: 0] > 0 }
            .map { "\(outcomes[$0, default: 0]) \(ReportWords.name($0))" }
        html.text(words.joined(separator: ", "))
        html.markup("\">")
        for outcome in Outcome.allCases {
            guard let count = outcomes[outcome], count > 0 else { continue }
            html.markup("<i class=\"")
            html.markup(Self.colour(outcome))
            html.markup("\" style=\"width:")
            html.coordinate(max(0.4, Double(count) * 100 / Double(total)))
            html.markup("%\"></i>")
        }
        html.markup("</div>")
    }

    private static func colour(_ outcome: Outcome) -> StaticString {
        switch outcome {
        case .accepted: "fa"
        case .rejected: "fr"
        case .malformed: "fm"
        case .deferred: "fd"
        case .duplicate: "fu"
        }
    }
}
