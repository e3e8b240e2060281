import Crypto
import Encoding
import JOSE
import KeyCache
import Operations
import PKIX

/// Keys as people read them.
enum KeysScreen {
    static func list(_ records: [KeyRecord], now: UnixTime) -> String {
        guard !records.isEmpty else { return "no key is like that\n" }
        var table = TextTable(columns: [.left, .left, .left, .left, .left, .left, .left, .left])
        table.add(["STATE", "USE", "ALG", "KID", "SOURCE", "SINCE", "LAST SEEN", "NOT AFTER"])
        for record in records {
            let key = record.key
            table.add([
                key.state(at: now).rawValue, key.key.use.name, key.key.algorithm.map { Printable.text($0) } ?? "-",
                kid(record), source(record.source), day(key.periods.last?.fromHigh),
                lastSeen(record, now: now), day(key.windows.last?.notAfter),
            ])
        }
        return table.text
    }

    static func details(_ records: [KeyRecord], now: UnixTime) -> String {
        records.map { details($0, now: now) }.joined(separator: "\n")
    }

    static func history(_ records: [KeyRecord], at asked: UnixTime?, now: UnixTime) -> String {
        records.map { record in
            var text = head(record) + stays(record)
            for change in record.changes {
                text += "  \(Timestamp.rfc3339(change.recordedAt))  generation \(change.generation)  "
                text += "\(change.state.rawValue)"
                text += change.since == change.recordedAt ? "\n" : " since \(Timestamp.rfc3339(change.since))\n"
            }
            if let asked {
                text += "  at \(Timestamp.rfc3339(asked)): \(words(record.key.validity(at: asked)))\n"
            }
            return text
        }
        .joined(separator: "\n")
    }

    static func difference(_ changes: [KeyDifference]) -> String {
        guard !changes.isEmpty else { return "no key changed\n" }
        var table = TextTable(columns: [.left, .left, .left, .left])
        for change in changes {
            let kid = change.kid.map { Printable.text(ByteSlice($0)) } ?? "no kid"
            let (old, new) = (change.before?.rawValue ?? "none", change.after?.rawValue ?? "none")
            let what = change.before == change.after ? "\(new), listed otherwise" : "\(old) -> \(new)"
            table.add([what, kid, String(change.spkiSHA256.hex.prefix(16)), Printable.text(change.url, limit: 300)])
        }
        return table.text
    }

    private static func details(_ record: KeyRecord, now: UnixTime) -> String {
        let key = record.key
        var text = head(record)
        text += "  state        \(key.state(at: now).rawValue)"
        if let revocation = key.revocation {
            text += ", since \(Timestamp.rfc3339(revocation.at)) (\(revocation.reason?.name ?? "no reason given"))"
        }
        text +=
            "\n  use          \(key.key.use.name), algorithm \(key.key.algorithm.map { Printable.text($0) } ?? "any")\n"
        text += "  key          sha256 \(key.spkiSHA256.hex)\n"
        text += "  thumbprint   \(Base64URL.encode(key.key.thumbprint.bytes))\n"
        for window in key.windows {
            if let certificate = window.certificate {
                text +=
                    "  certificate  sha256 \(certificate.hex), \(window.isTrusted ? "trusted" : "no path to an anchor")\n"
            }
            if window.notBefore != nil || window.notAfter != nil {
                text += "               \(day(window.notBefore)) to \(day(window.notAfter))\n"
            }
        }
        return text + stays(record)
    }

    private static func head(_ record: KeyRecord) -> String {
        "\(kid(record))\n  source       \(Printable.text(record.source.url, limit: 300))\n"
    }

    private static func stays(_ record: KeyRecord) -> String {
        record.key.periods.map { period in
            let start = Timestamp.rfc3339(period.fromHigh)
            let came =
                period.fromLow.map { "came between \(Timestamp.rfc3339($0)) and \(start)" }
                ?? "since \(start) or earlier"
            let left = period.toHigh.map { high in
                "left between \(Timestamp.rfc3339(period.toLow ?? period.fromHigh)) and \(Timestamp.rfc3339(high))"
            }
            return "  listed       \(came), \(left ?? "still there")\n"
        }
        .joined()
    }

    private static func words(_ validity: KeyValidity) -> String {
        switch validity {
        case .valid: "valid"
        case .uncertain: "perhaps: the set changed between two fetches around then"
        case .outsideCertificate: "listed, but outside of its certificate's time"
        case .revoked: "revoked"
        case .notListed: "not listed"
        }
    }

    private static func kid(_ record: KeyRecord) -> String {
        record.kid.map { Printable.text(ByteSlice($0), limit: 64) } ?? "(no kid)"
    }

    private static func source(_ source: Source) -> String {
        let owner = source.softwareID ?? source.organisationID ?? source.environment
        return "\(source.class.rawValue)\(owner.map { " \(Printable.text($0, limit: 40))" } ?? "")"
    }

    private static func lastSeen(_ record: KeyRecord, now: UnixTime) -> String {
        if let seen = record.key.lastSeen { return day(seen) }
        return record.source.lastSuccess.map { Age.relative($0, now: now) } ?? "-"
    }

    private static func day(_ time: UnixTime?) -> String { time.map { Timestamp.day($0) } ?? "-" }
}
