import Operations

/// How fast the work went: requests a second over the time of the work, from zero.
struct PaceSection {
    let facts: ReportFacts

    /// A step of the work with its rate.
    private struct Rate {
        var from: Double
        var to: Double
        var perSecond: Double
    }

    private static let (width, height) = (1000.0, 190.0)
    private static let (left, right, top, bottom) = (58.0, 12.0, 10.0, 26.0)

    func write(to html: HTMLWriter) {
        let rates = rates
        guard rates.count >= 2, let last = facts.pace.last, last.milliseconds > 0 else { return }
        let overall = Int(Int64(last.answered) * 1000 / last.milliseconds)
        html.markup("<section><h2>Throughput</h2><p class=\"note\">")
        html.text(
            "\(Figure.count(overall)) requests a second over \(Age.took(milliseconds: last.milliseconds)) of work: "
                + "judged, written, synced to disk and committed."
        )
        html.markup("</p>")
        draw(rates, seconds: Double(last.milliseconds) / 1000, html)
        html.markup("</section>\n")
    }

    private var rates: [Rate] {
        var rates: [Rate] = []
        var before = ReportFacts.Sample(milliseconds: 0, answered: 0)
        for sample in facts.pace where sample.milliseconds > before.milliseconds {
            let seconds = Double(sample.milliseconds - before.milliseconds) / 1000
            rates.append(
                Rate(
                    from: Double(before.milliseconds) / 1000,
                    to: Double(sample.milliseconds) / 1000,
                    perSecond: Double(sample.answered - before.answered) / seconds
                )
            )
            before = sample
        }
        return rates
    }

    private func draw(_ rates: [Rate], seconds: Double, _ html: HTMLWriter) {
        let step = Self.step(rates.map(\.perSecond).max() ?? 1)
        let ceiling = step * 4
        func x(_ time: Double) -> Double { Self.left + time / seconds * (Self.width - Self.left - Self.right) }
        func y(_ rate: Double) -> Double {
            Self.height - Self.bottom - rate / ceiling * (Self.height - Self.top - Self.bottom)
        }
        html.markup("<svg viewBox=\"0 0 1000 190\" role=\"img\" aria-label=\"Requests a second over time\">")
        for line in 0...4 {
            html.markup("<line class=\"grid\" x1=\"58\" x2=\"988\" y1=\"")
            html.coordinate(y(step * Double(line)))
            html.markup("\" y2=\"")
            html.coordinate(y(step * Double(line)))
            html.markup("\"/><text text-anchor=\"end\" x=\"50\" y=\"")
            html.coordinate(y(step * Double(line)) + 4)
            html.element("\">", Figure.count(Int(step * Double(line))), "</text>")
        }
        for part in 0...4 {
            let time = seconds * Double(part) / 4
            html.markup("<text text-anchor=\"")
            html.markup(part == 0 ? "start" : part == 4 ? "end" : "middle")
            html.markup("\" y=\"184\" x=\"")
            html.coordinate(x(time))
            html.element("\">", Age.took(milliseconds: Int64(time * 1000)), "</text>")
        }
        for isArea in [true, false] {
            html.markup(isArea ? "<path class=\"area\" d=\"M58 164" : "<path class=\"curve\" d=\"M")
            for (index, rate) in rates.enumerated() {
                if isArea || index > 0 { html.markup("L") }
                html.coordinate(x(rate.from))
                html.markup(" ")
                html.coordinate(y(rate.perSecond))
                html.markup("L")
                html.coordinate(x(rate.to))
                html.markup(" ")
                html.coordinate(y(rate.perSecond))
            }
            html.markup(isArea ? "L988 164Z\"/>" : "\"/>")
        }
        html.markup("</svg>")
    }

    /// The distance of four lines that hold `highest`: 1, 2, 2.5 or 5 times a power of ten.
    private static func step(_ highest: Double) -> Double {
        var unit = 1.0
        while true {
            for factor in [1.0, 2.0, 2.5, 5.0]
            where factor * unit * 4 >= highest && (factor * unit).rounded() == factor * unit {
                return factor * unit
            }
            unit *= 10
        }
    }
}
