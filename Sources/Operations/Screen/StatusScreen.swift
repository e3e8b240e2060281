import Encoding

/// The status of an installation as one screen of text.
package struct StatusScreen: Sendable {
    private let facts: StatusFacts
    private let assessment: StatusAssessment

    /// The screen for `facts`, judged by `alerts`.
    package init(_ facts: StatusFacts, alerts: AlertSettings = AlertSettings()) {
        self.facts = facts
        assessment = StatusAssessment(facts, alerts: alerts)
    }

    /// The worst of all parts, for the exit code of `--check`.
    package var health: Health { assessment.health }

    /// The screen; lines wider than `width` places are broken between words.
    package func text(terminal: Terminal = .plain, width: Int = .max) -> String {
        var lines = [head(terminal)]
        lines += section("KEYS", .keys, keyWord, keyLines, terminal)
        lines += section("SPOOL", .spool, nil, [spoolLine], terminal)
        lines += section("WORK", .work, nil, [workLine], terminal)
        lines += section("LEDGER", .ledger, nil, [ledgerLine], terminal)
        let facts = LineFolding.fold(lines.joined(separator: "\n"), width: width)
        let advice = assessment.concerns.map { concern in
            let line = "\(terminal.paint(concern.sentence, concern.health))  \(concern.remedy)"
            // What to do stays whole, to be copied.
            guard TextTable.width(line) > width else { return line }
            let sentence = LineFolding.fold(concern.sentence, width: width)
            return "\(terminal.paint(sentence, concern.health))\n  \(concern.remedy)"
        }
        return ([facts] + (advice.isEmpty ? [] : [""] + advice)).joined(separator: "\n") + "\n"
    }

    private func head(_ terminal: Terminal) -> String {
        let life =
            facts.running.map { "running, pid \($0.processID), up \(Age.text(seconds: facts.now - $0.since))" }
            ?? "not running"
        return [
            terminal.paint("counterfoil \(facts.version)", .bold), life, facts.environment,
            "config \(facts.configuration.map { Printable.text($0) } ?? "defaults")",
        ]
        .joined(separator: "   ")
    }

    private func section(
        _ title: String,
        _ part: StatusConcern.Part,
        _ word: String?,
        _ lines: [String],
        _ terminal: Terminal
    ) -> [String] {
        let health = assessment.health(of: part)
        let name = word ?? health.rawValue
        let shown = terminal.paint(name, health) + String(repeating: " ", count: max(1, 10 - name.count))
        let first =
            terminal.paint(title, .bold) + String(repeating: " ", count: 8 - title.count) + shown + (lines.first ?? "")
        return [first] + lines.dropFirst().map { String(repeating: " ", count: 10) + $0 }
    }

    private var keyWord: String? {
        guard let keys = facts.keys else { return facts.hasOlderCache ? nil : "none" }
        if keys.sources.unusable > 0 { return "unusable" }
        if keys.sources.stale > 0 { return "stale" }
        return assessment.health(of: .keys) == .ok ? "fresh" : nil
    }

    private var keyLines: [String] {
        guard let keys = facts.keys else { return [facts.hasOlderCache ? "of an earlier version" : "no cache yet"] }
        let now = facts.now
        let due = facts.access == .online ? keys.nextRefresh : nil
        let next = due.map { ", next refresh \($0 > now ? Age.relative($0, now: now) : "due")" } ?? ""
        let built = Age.moment(keys.builtAt, now: now)
        var lines = [
            "snapshot \(Figure.count(keys.generation)) built \(built) (\(Age.relative(keys.builtAt, now: now)))\(next)"
        ]
        var counts = TextTable(columns: [.left, .right] + Array(repeating: .right, count: 5))
        let sources = keys.sources
        counts.add(
            [
                "sources  ", Figure.count(sources.total), "\(Figure.count(sources.fresh)) fresh",
                "\(Figure.count(sources.stale)) stale",
            ]
                + ["\(Figure.count(sources.unusable)) unusable", "\(Figure.count(sources.held)) held"]
                + (sources.never > 0 ? ["\(Figure.count(sources.never)) never fetched"] : [])
        )
        counts.add(
            ["keys", Figure.count(keys.keys.total), "\(Figure.count(keys.keys.usable)) usable"]
                + ["\(Figure.count(keys.keys.retired)) retired", "\(Figure.count(keys.keys.revoked)) revoked"]
        )
        lines += counts.text.split(separator: "\n").map(String.init)
        if let directory = keys.directory {
            let kid = directory.keyID.map { "   kid \(Printable.text($0, limit: 64))" } ?? ""
            let age = Age.relative(directory.fetchedAt, now: now)
            lines.append(
                "directory  \(Printable.text(directory.name))   \(Figure.plural(directory.keys, "key", "keys"))   \(age)\(kid)"
            )
        }
        if let bundle = keys.bundle {
            let (made, end) = (Age.relative(bundle.created, now: now), Age.relative(bundle.usableUntil, now: now))
            lines.append(
                "bundle     \(bundle.name)   made \(made), \(bundle.usableUntil > now ? "ends" : "ended") \(end)"
            )
        }
        if let oldest = keys.oldest { lines.append(line(for: oldest)) }
        if let expiring = keys.expiring {
            let left = Age.text(seconds: expiring.notAfter - now)
            lines.append(
                "expiring   \(Printable.text(expiring.name, limit: 80))   \(Timestamp.day(expiring.notAfter))  (\(left))"
            )
        }
        return lines
    }

    private func line(for source: KeyFacts.Source) -> String {
        let age = source.lastGood.map { Age.relative($0, now: facts.now) } ?? "never fetched"
        let failures = source.failures > 0 ? " (\(Printable.text(source.reason, limit: 60)) x\(source.failures))" : ""
        let left = source.usableUntil.map {
            $0 > facts.now ? "  usable for \(Age.text(seconds: $0 - facts.now)) more" : "  no longer usable"
        }
        return "oldest     \(Printable.text(source.name, limit: 80))   \(age)\(failures)\(left ?? "")"
    }

    private var spoolLine: String {
        guard let spool = facts.spool else { return "not readable" }
        var waiting: [String] = []
        if let oldest = spool.oldestDeferred, spool.deferred > 0 {
            waiting.append("oldest \(Age.text(seconds: facts.now - oldest))")
        }
        if let next = spool.nextTry, spool.deferred > 0 {
            waiting.append("next try \(Age.moment(next, now: facts.now))")
        }
        let detail = waiting.isEmpty ? "" : " (\(waiting.joined(separator: ", ")))"
        return "incoming \(Figure.count(spool.incoming))   active \(Figure.count(spool.active))"
            + "   deferred \(Figure.count(spool.deferred))\(detail)   failed \(Figure.count(spool.failed))"
    }

    private var workLine: String {
        guard let work = facts.work else { return facts.hasOlderLedger ? "not known" : "no pass yet" }
        let counts = [
            ("accepted", work.accepted), ("rejected", work.rejected), ("deferred", work.deferred),
            ("malformed", work.malformed), ("duplicate", work.duplicate),
        ]
        let shown = counts.filter { $0.1 > 0 }.map { "\(Figure.count($0.1)) \($0.0)" }.joined(separator: ", ")
        let took = Age.took(milliseconds: work.milliseconds)
        let head = "last pass \(Age.moment(work.finishedAt, now: facts.now)): \(Figure.count(work.requests)) in \(took)"
        return shown.isEmpty ? head : "\(head), \(shown)"
    }

    private var ledgerLine: String {
        guard let ledger = facts.ledger else { return facts.hasOlderLedger ? "of an earlier version" : "no ledger yet" }
        let free = ledger.diskFree.map { "   disk free \(Figure.bytes($0))" } ?? ""
        let changed = ledger.lastExportAt == nil ? "" : ", \(Figure.count(ledger.changedSinceExport)) since last export"
        return Figure.plural(ledger.clients, "client", "clients") + changed
            + "   db \(Figure.bytes(ledger.databaseBytes)), wal \(Figure.bytes(ledger.walBytes))\(free)"
    }
}
