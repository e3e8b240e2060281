import Encoding
import KeyCache
import Operations

/// Held key sets as people read them.
enum HoldsScreen {
    static func list(_ holds: [Hold], _ alerts: [FleetAlert], now: UnixTime) -> String {
        var text = ""
        for alert in alerts {
            let sets = "\(Figure.count(alert.affected)) of \(Figure.count(alert.known)) key sets"
            text += "\(Printable.text(alert.host)): \(sets) lost all their keys at once, noticed "
            text += "\(Age.relative(alert.since, now: now)); no key of this host is removed until you decide\n"
        }
        guard !holds.isEmpty else { return text + "no key set waits\n" }
        var table = TextTable(columns: [.right, .left, .left, .right, .left, .left])
        table.add(["NO", "CLASS", "WHY", "SEEN", "SINCE", "SOURCE"])
        for hold in holds {
            table.add([
                String(hold.id), hold.sourceClass.rawValue, why(hold), String(hold.seen),
                Age.relative(hold.firstSeen, now: now), Printable.text(hold.url, limit: 300),
            ])
        }
        return text + table.text + "compare: counterfoil keys hold diff NO; then accept or reject\n"
    }

    static func differences(_ differences: [HoldDifference], now: UnixTime) -> String {
        differences.map { difference in
            let hold = difference.hold
            var text = "\(hold.id)  \(Printable.text(hold.url, limit: 300))\n"
            text += "   \(why(hold)); seen \(Figure.plural(hold.seen, "time", "times")), first "
            text += "\(Age.relative(hold.firstSeen, now: now)), last \(Age.relative(hold.lastSeen, now: now))\n"
            if hold.isPartial { text += "   what it adds is in use already; only removals wait\n" }
            for (mark, entries) in [("+", difference.added), ("-", difference.removed), ("=", difference.kept)] {
                for entry in entries {
                    let state = entry.state.map { "  (\($0.rawValue))" } ?? ""
                    let kid = entry.kid.map { Printable.text(ByteSlice($0)) } ?? "no kid"
                    text += "   \(mark) \(kid)  \(Hex.encode(entry.spkiSHA256).prefix(16))\(state)\n"
                }
            }
            for entry in difference.unusable { text += "   ! \(Printable.text(entry, limit: 200))\n" }
            return text
        }
        .joined()
    }

    /// Tells what was decided.
    static func tell(_ holds: [Hold], _ decision: String, asJSON: Bool) {
        if asJSON { return StandardOutput.line(HoldsJSON.decided(holds, decision)) }
        for hold in holds { StandardOutput.show("\(decision) \(hold.id)  \(Printable.text(hold.url, limit: 300))\n") }
    }

    static func why(_ hold: Hold) -> String {
        switch hold.rule {
        case .empty: "lost all keys"
        case .replacement: "all keys replaced"
        case .rebound: "kid names another key"
        case .fleet: "its host is in trouble"
        }
    }
}
