import Encoding

/// Every source of keys on one screen, after `chronyc sources`: classes, revocation lists, then a line each.
package struct SourcesScreen: Sendable {
    private let facts: SourcesFacts
    private let isVerbose: Bool

    /// The screen for `facts`; `verbose` adds a legend, the validators and whole URLs.
    package init(_ facts: SourcesFacts, verbose: Bool = false) {
        self.facts = facts
        isVerbose = verbose
    }

    /// The screen.
    package var text: String {
        guard !facts.sources.isEmpty else { return "No source is known yet.\n" }
        var parts = [classes]
        if !facts.lists.isEmpty { parts.append(lists) }
        if isVerbose { parts.append(legend) }
        parts.append(sources)
        return parts.joined(separator: "\n")
    }

    private var classes: String {
        var table = TextTable(columns: [.left] + Array(repeating: .right, count: 9))
        table.add(
            ["CLASS", "SOURCES", "FRESH", "STALE", "NEVER", "HELD", "UNUSABLE", "FAILING", "OLDEST", "NEXT DUE"]
        )
        for one in facts.classes {
            table.add(
                [one.name, Figure.count(one.total)] + SourceFacts.Sign.allCases.map { Figure.count(one.count($0)) }
                    + [Figure.count(one.failing), age(one.oldest), due(one.nextDue)]
            )
        }
        return table.text
    }

    private var lists: String {
        var table = TextTable(columns: [.left, .right, .right, .right, .left])
        table.add(["CRL", "NUMBER", "ENTRIES", "AGE", "NEXT UPDATE"])
        for list in facts.lists {
            let next = list.nextUpdate.map { "\(Timestamp.rfc3339($0)) (\(Age.relative($0, now: facts.now)))" }
            table.add(
                [
                    Printable.text(list.issuer ?? list.url, limit: 80), Printable.text(list.number ?? "-", limit: 44),
                    Figure.count(list.entries), age(list.thisUpdate), next ?? "never fetched",
                ]
            )
        }
        return table.text
    }

    private var legend: String {
        let signs = SourceFacts.Sign.allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: ", ")
        return """
            S      \(signs)
            REACH  the last eight attempts as octal digits, newest last: 377 is all well, 376 one failure just now
            LAST   since the body in use was fetched or confirmed; NEXT until the next fetch

            """
    }

    private var sources: String {
        let more = isVerbose ? 2 : 0
        var table = TextTable(
            columns: [.left, .left, .right, .right, .right, .right] + Array(repeating: .left, count: 2 + more)
        )
        let heads = ["S", "CLASS", "REACH", "LAST", "NEXT", "FAILS", "SOURCE", "ERROR"]
        table.add(heads + (isVerbose ? ["ETAG", "URL"] : []))
        for source in facts.sources {
            var cells = [
                source.sign.rawValue, source.className, source.reachText, age(source.lastGood), due(source.nextDue),
                Figure.count(source.failures), Printable.text(source.name, limit: 60), trouble(source),
            ]
            if isVerbose {
                cells += [source.etag.map { Printable.text($0, limit: 40) } ?? "-", Printable.text(source.url)]
            }
            table.add(cells)
        }
        return table.text
    }

    private func trouble(_ source: SourceFacts) -> String {
        if let hold = source.hold { return "held.\(hold.rule) (hold \(hold.id))" }
        return Printable.text(source.error ?? "-", limit: 60)
    }

    private func age(_ time: UnixTime?) -> String { time.map { Age.text(seconds: facts.now - $0) } ?? "-" }

    private func due(_ time: UnixTime?) -> String {
        time.map { $0 > facts.now ? Age.text(seconds: $0 - facts.now) : "due" } ?? "-"
    }
}
